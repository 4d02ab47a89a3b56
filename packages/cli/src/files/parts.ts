import { rmSync } from "node:fs";

/** Files that are being written, none of which may stay behind when the process ends. */
const parts = new Set<string>();

/** Takes note of a file that is not complete yet. */
export function addPart(path: string): void {
  if (parts.size === 0) process.on("exit", removeParts);
  parts.add(path);
}

/** The file is complete, or gone. */
export function forgetPart(path: string): void {
  parts.delete(path);
  if (parts.size === 0) process.off("exit", removeParts);
}

/** Removes what is not complete, at once: for a process that ends without waiting for anything. */
export function removeParts(): void {
  for (const part of parts) rmSync(part, { force: true });
}
