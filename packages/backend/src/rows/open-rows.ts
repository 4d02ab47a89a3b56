import type { BlockSource, MatrixLike } from "@mixtura/core";
import { isBlockSource } from "@mixtura/core";
import { openMatrix } from "./matrix-rows.ts";
import { createSurveyor } from "./survey.ts";
import type { OpenOptions, RowSet } from "./rows.ts";

/**
 * Opens data for a fit: checks it, surveys it, uploads it once where it is in memory.
 *
 * @throws MixturaError for every kind of bad input, before any fitting
 */
export async function openRows<H>(X: MatrixLike | BlockSource, options: OpenOptions<H>): Promise<RowSet<H>> {
  if (!isBlockSource(X)) return openMatrix(X, options);
  const { openBlocks } = await import("./block-rows.ts"); // few fits read blocks
  return openBlocks(X, createSurveyor(X.columns), options);
}
