import type { FittedModel } from "../estimator.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { BatchContext } from "./batch-context.ts";
import { member } from "./density.ts";

/** A fitted change of coordinates; `fit` is that of its estimator. */
export interface Transformer extends FittedModel {
  /** Columns of what `apply` returns. */
  readonly outputCount: number;
  readonly outputNames?: readonly string[];
  /** The rows in the new coordinates, n×outputCount. */
  apply(X: MatrixLike, context?: BatchContext): Promise<Matrix>;
  /** Rows in the old coordinates, n×d. Absent where the change loses some of them. */
  invert?(Y: MatrixLike, context?: BatchContext): Promise<Matrix>;
  /**
   * The natural logarithm of |det ∂apply/∂x| at each row: log-densities of old coordinates are those of new ones plus this. Absent where the
   * change is not one to one.
   */
  logJacobian?(X: MatrixLike, context?: BatchContext): Promise<Float64Array>;
}

/**
 * Whether a model changes coordinates.
 *
 * @example
 * ```ts run
 * isTransformer(
 *   GaussianMixture.fromParameters({
 *     weights: [1],
 *     means: [[0]],
 *     covariances: [[[1]]],
 *   }),
 * ) // => false
 * ```
 */
export function isTransformer(model: unknown): model is Transformer {
  return typeof member(model, "outputCount") === "number" && typeof member(model, "apply") === "function";
}
