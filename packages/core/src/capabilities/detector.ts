import type { FittedModel } from "../estimator.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { BatchContext, DetectorContext } from "./batch-context.ts";
import { member } from "./density.ts";

/** A model that says which rows are outliers. */
export interface Detector extends FittedModel {
  /** Rows that score less are outliers. */
  readonly threshold: number;
  /** +1 for normal rows, −1 for outliers; 0 for bad rows that are reported. */
  predict(X: MatrixLike, context?: DetectorContext): Promise<Int32Array>;
  /** How normal each row is; higher is more normal. NaN for bad rows that are reported. */
  scoreSamples(X: MatrixLike, context?: DetectorContext): Promise<Float64Array>;
  /** What each feature adds to how outlying a row is: n×d, or that with the sums that it adds up to. */
  explain?(X: MatrixLike, context?: BatchContext): Promise<Matrix | { readonly value: Float64Array; readonly contributions: Matrix }>;
}

/**
 * Whether a model says which rows are outliers, by scores and a threshold.
 *
 * @example
 * ```ts run
 * isDetector(await new ECOD().fit([[0], [1], [2]])) // => true
 * isDetector(
 *   GaussianMixture.fromParameters({
 *     weights: [1],
 *     means: [[0]],
 *     covariances: [[[1]]],
 *   }),
 * ) // => false
 * ```
 */
export function isDetector(model: unknown): model is Detector {
  return (
    typeof member(model, "threshold") === "number" &&
    typeof member(model, "predict") === "function" &&
    typeof member(model, "scoreSamples") === "function"
  );
}
