import { readFile } from "node:fs/promises";
import type { FittedDetector } from "@mixtura/outliers";
import { reviveDetector } from "@mixtura/outliers/score";

/**
 * Reads the detector once, at the start: a file that is no detector
 * ends the program before it takes a request.
 */
export async function readDetector(
  path: string,
): Promise<FittedDetector> {
  return reviveDetector(await readFile(path, "utf8"));
}
