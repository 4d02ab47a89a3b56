// Reviving and scoring only: no options, no fitting, and no kernels until a batch method needs them.
import { readModelHeads } from "@mixtura/core/internal";
import { FittedCovariance } from "./covariance-model.ts";
import { FittedRobustCovariance, robustEstimatorTypes } from "./robust/model.ts";

export { FittedCovariance, FittedRobustCovariance };

/**
 * Reads a model of this package, for services that only score.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`
 * @example
 * ```ts run
 * import { reviveCovariance } from "@mixtura/covariance/score";
 *
 * const text = JSON.stringify(
 *   await new EmpiricalCovariance().fit([[-2], [2]]),
 * );
 * reviveCovariance(text).point.squaredMahalanobis([6]) // => 9
 * ```
 */
export function reviveCovariance(json: unknown): FittedCovariance | FittedRobustCovariance {
  const heads = readModelHeads(json);
  const robust = robustEstimatorTypes.some((type) => type === heads.type);
  return robust ? FittedRobustCovariance.fromJSON(heads) : FittedCovariance.fromJSON(heads);
}
