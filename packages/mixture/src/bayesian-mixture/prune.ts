import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import type { BayesianMixturePayload } from "./payload.ts";
import type { WeightDistribution } from "./weights.ts";

/** A model's payload with some of its components only, in their order. */
export function keptComponents(
  { training: _training, ...payload }: BayesianMixturePayload,
  kind: CovarianceKind,
  weights: WeightDistribution,
  kept: readonly number[],
): BayesianMixturePayload {
  const { prior, weightConcentration, meanPrecision, means, degreesOfFreedom, covariances, featureCount: d } = payload;
  const masses = weights.masses(prior.weightConcentration, weightConcentration);
  const pick = (values: Float64Array, width = 1): Float64Array =>
    Float64Array.from(kept.flatMap((k) => [...values.subarray(k * width, (k + 1) * width)]));
  return {
    ...payload,
    weightConcentration: weights.posterior(prior.weightConcentration, pick(masses)),
    meanPrecision: pick(meanPrecision),
    means: pick(means, d),
    degreesOfFreedom: kind.shared ? degreesOfFreedom : pick(degreesOfFreedom),
    covariances: kind.shared ? covariances : Float64Array.from(kept.flatMap((k) => [...blockOf(kind, covariances, k, d)])),
  };
}
