import type { BlockSource, MatrixLike } from "@mixtura/core";
import { isBlockSource } from "@mixtura/core";
import { openMatrix } from "./matrix-rows.ts";
import type { OpenOptions, RowSet } from "./rows.ts";

/**
 * Opens data for a fit: checks it, surveys it, uploads it once where it is in memory.
 *
 * @throws MixturaError for every kind of bad input, before any fitting
 */
export async function openRows<H>(X: MatrixLike | BlockSource, options: OpenOptions<H>): Promise<RowSet<H>> {
  return isBlockSource(X) ? (await import("./block-rows.ts")).openBlocks(X, options) : openMatrix(X, options);
}
