import { greatestOf } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import type { BayesianMixturePayload } from "./payload.ts";
import { refusal } from "./refusal.ts";
import { ranked } from "./sticks.ts";
import type { WeightDistribution } from "./weights.ts";
import { weightDistribution } from "./weights.ts";

/** The fraction of the rows above which a component counts by default. */
export const COUNTS = 0.01;

/**
 * The components that hold more than a given fraction of all rows. Not those of some weight: where rows are few, the prior gives an empty component more
 * than a hundredth.
 *
 * @throws MixturaError `invalid-option`
 */
export function holding(payload: BayesianMixturePayload, weights: WeightDistribution, threshold: number): number[] {
  if (typeof threshold !== "number" || !(threshold >= 0 && threshold <= 1)) throw refusal("threshold", "a number from 0 to 1", threshold);
  const masses = weights.masses(payload.prior.weightConcentration, payload.weightConcentration);
  const rows = masses.reduce((sum, mass) => sum + mass, 0);
  return Array.from(masses.keys()).filter((k) => masses[k]! > threshold * rows);
}

/** A model's payload with the components that hold more than a given fraction of all rows, or the largest alone. */
export function pruned(
  { training: _training, ...payload }: BayesianMixturePayload,
  kind: CovarianceKind,
  weights: WeightDistribution,
  threshold: number,
): BayesianMixturePayload {
  const { prior, weightConcentration, meanPrecision, means, degreesOfFreedom, covariances, featureCount: d } = payload;
  const masses = weights.masses(prior.weightConcentration, weightConcentration);
  const above = holding(payload, weights, threshold);
  const kept = above.length > 0 ? above : [masses.indexOf(greatestOf(masses))];
  const pick = (values: Float64Array, width = 1): Float64Array =>
    Float64Array.from(kept.flatMap((k) => [...values.subarray(k * width, (k + 1) * width)]));
  const { sticks, ...rest } = payload;
  const left = sticks && ranked(kept.map((k) => sticks[k]!));
  const ofLeft = weightDistribution(payload.weightConcentrationPriorType, payload.priorConvention, left);
  return {
    ...rest,
    ...(left === undefined ? {} : { sticks: left }),
    weightConcentration: ofLeft.posterior(prior.weightConcentration, pick(masses)),
    meanPrecision: pick(meanPrecision),
    means: pick(means, d),
    degreesOfFreedom: kind.shared ? degreesOfFreedom : pick(degreesOfFreedom),
    covariances: kind.shared ? covariances : Float64Array.from(kept.flatMap((k) => [...blockOf(kind, covariances, k, d)])),
  };
}
