import type { BlockSource } from "./block-source.ts";
import { isBlockSource } from "./block-source.ts";
import type { MatrixLike } from "./matrix.ts";
import type { Pace } from "./pace.ts";
import type { Random } from "./random.ts";

/** What a fit passes on when it opens its data. */
export interface OpenRowsRequest {
  /** Gives the event loop its turns and ends every pass when the fit is aborted. */
  readonly pace: Pace;
  /** Draws the rows that starting points are chosen from. */
  readonly random: Random;
  /** Frequencies given in addition to the data; a source with weights of its own rejects them with `invalid-weight`. */
  readonly sampleWeight: ArrayLike<number> | undefined;
  /**
   * The backend for passes over this number of rows in memory, a `PassBackend` of `@mixtura/backend`: the one that the estimator was given, else the one
   * that finishes soonest. A source that computes elsewhere does not call it.
   */
  readonly backendFor: (rows: number, features: number) => Promise<unknown>;
  /** Whether the estimator was given a backend: a source that cannot use it rejects it with `not-supported` or reports a diagnostic. */
  readonly backendGiven: boolean;
  /** The caller, for error texts: "GaussianMixture.fit". */
  readonly caller: string;
}

/**
 * Data that opens itself for passes: a table in a database, shards of one, rows with missing values. Estimators do not know the difference.
 *
 * What is opened is a `Rows` of `@mixtura/backend`; it is checked and profiled by then, and released by the fit.
 */
export interface RowSource<Opened = unknown> {
  /** d */
  readonly columns: number;
  readonly featureNames?: readonly string[];
  /** Opens the rows for one fit. Rejects with our codes for every kind of bad input. */
  openRows(request: OpenRowsRequest): Promise<Opened>;
}

/**
 * Whether data opens itself for passes.
 *
 * @example
 * ```ts run
 * isRowSource([[1, 2]]) // => false
 * isRowSource({ columns: 2, openRows: async () => ({}) }) // => true
 * ```
 */
export function isRowSource(value: unknown): value is RowSource {
  return typeof value === "object" && value !== null && typeof (value as Partial<RowSource>).openRows === "function";
}

/**
 * Whether data lies in memory as a whole, so that rows of it can be picked.
 *
 * @example
 * ```ts run
 * isInMemory([[1, 2]]) // => true
 * isInMemory({ columns: 2, async *blocks() {} }) // => false
 * ```
 */
export function isInMemory(X: MatrixLike | BlockSource | RowSource): X is MatrixLike {
  return !isBlockSource(X) && !isRowSource(X);
}
