import type { Matrix } from "./matrix.ts";

/** One block of rows, with the weight of each row where rows are weighted. */
export interface Block {
  readonly X: Matrix;
  readonly sampleWeight?: Float64Array;
}

/**
 * Rows that come in blocks, from a file or a network, and may be walked many times: one walk per pass of a fit.
 * Each walk must give the same rows in the same order, or the fit is a `read-error`: every walk compares some of the numbers with those of the first one. How they are cut into blocks does not matter and changes no bit of a result.
 */
export interface BlockSource {
  readonly columns: number;
  /** The number of rows, when it is known beforehand. */
  readonly rows?: number;
  readonly featureNames?: readonly string[];
  /** Starts a walk. The memory of a block may be used again for the next one. */
  blocks(options: { signal?: AbortSignal }): AsyncIterable<Block>;
}

/**
 * Whether data is a {@link BlockSource} rather than a matrix.
 *
 * @example
 * ```ts run
 * isBlockSource({ columns: 2, async *blocks() {} }) // => true
 * isBlockSource([[1, 2]]) // => false
 * ```
 */
export function isBlockSource(X: unknown): X is BlockSource {
  return typeof X === "object" && X !== null && "blocks" in X && typeof X.blocks === "function";
}
