import type { GaussianComponents } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend/internal/factors";
import { show } from "@mixtura/core/authoring";
import { invalidField } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf, isSymmetric } from "../covariance/kind.ts";
import { whitenBlocks } from "../em/m-step.ts";

/** The part of a model's payload that defines its components, in the data's coordinates. */
interface ComponentsPayload {
  readonly featureCount: number;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/**
 * The components of a payload; also the check that its weights are weights and its covariances covariances at all.
 *
 * @throws MixturaError `invalid-model`
 */
export function componentsFromPayload(
  { featureCount: d, weights, means, covariances }: ComponentsPayload,
  kind: CovarianceKind,
): GaussianComponents {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.some((weight) => weight < 0) || !(Math.abs(sum - 1) <= 1e-6))
    throw invalidField("weights", "numbers ≥ 0 with sum 1", show([...weights]));
  for (let block = 0; block < (kind.shared ? 1 : weights.length); block++) {
    if (!isSymmetric(blockOf(kind, covariances, block, d), kind, d))
      throw invalidField(`covariances[${block}]`, "symmetric", "one that is not");
  }
  const { whitening, failed } = whitenBlocks(kind, covariances, weights.length, d);
  if (failed.length > 0) throw invalidField(`covariances[${failed[0]!.block}]`, "positive definite", `pivot ${failed[0]!.pivot}`);
  return gaussianComponents({ weights, means, shape: kind.shape, shared: kind.shared, whitening });
}

/** A copy without negative zeros, which JSON cannot hold. */
export function positiveZeros(values: Float64Array): Float64Array {
  return values.map((value) => value + 0);
}
