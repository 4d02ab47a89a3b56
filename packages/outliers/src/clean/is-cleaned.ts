import type { FittedModel } from "@mixtura/core";
import type { FittedRefitOnInliers } from "./model.ts";

/**
 * Whether a model was fitted again without the most extreme rows: it keeps which they were, and the model before.
 *
 * @example
 * ```ts run
 * isCleaned(
 *   await new RefitOnInliers({
 *     estimator: new EmpiricalCovariance(),
 *   }).fit([[0], [1], [2], [3], [90]]),
 * ) // => true
 * isCleaned(await new EmpiricalCovariance().fit([[0], [1]])) // => false
 * ```
 */
export function isCleaned(model: FittedModel): model is FittedRefitOnInliers {
  return "removedRows" in model && "first" in model && "model" in model;
}
