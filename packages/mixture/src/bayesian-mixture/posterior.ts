import type { GaussianComponents } from "@mixtura/backend";
import { logDeterminant } from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { PriorConvention } from "./choices.ts";
import { precisionOf, wishart } from "./precision.ts";
import type { WeightDistribution } from "./weights.ts";

/** What is believed of means and precisions after the data were seen, in a row set's coordinates or the data's own. */
export interface GaussianPosterior {
  /** βₖ, length k. */
  readonly meanPrecision: Float64Array;
  /** mₖ, k×d. */
  readonly means: Float64Array;
  /** ν of each block: k numbers, or one where the covariance is shared. */
  readonly degreesOfFreedom: Float64Array;
  /** S/ν of each block, the inverse of the expected precision, in the layout of the covariance type. */
  readonly covariances: Float64Array;
  /** Their whitening factors. */
  readonly whitening: Float64Array;
}

/** The same, and what is believed of the weights. */
export interface Posterior extends GaussianPosterior {
  /** The concentration before the data: given, or learnt. */
  readonly concentrationPrior: number;
  /** See {@link WeightDistribution}. */
  readonly weightConcentration: Float64Array;
}

/**
 * The posterior as a pass over rows takes it: the variational expectations of log π, log |Λ| and (x − μ)ᵀ Λ (x − μ) only change the factor and
 * the offset of each component.
 *
 * @see Bishop, Pattern Recognition and Machine Learning (2006), eqs. 10.46, 10.64–10.66
 */
export function variationalComponents(
  { weightConcentration, meanPrecision, means, degreesOfFreedom, whitening }: Posterior,
  kind: CovarianceKind,
  weights: WeightDistribution,
  convention: PriorConvention,
): GaussianComponents {
  const count = meanPrecision.length;
  const features = means.length / count;
  const { shape, shared } = kind;
  const logOffsets = weights.expectedLogs(weightConcentration);
  // scikit-learn takes every covariance type for a Wishart matrix per component.
  const precision = convention === "scikit-learn" ? wishart : precisionOf(kind);
  for (let k = 0; k < count; k++) {
    logOffsets[k]! +=
      logDeterminant({ shape, shared, features, whitening }, k) +
      0.5 * precision.logExcess(degreesOfFreedom[shared ? 0 : k]!, features) -
      0.5 * (features * Math.log(2 * Math.PI) + features / meanPrecision[k]!);
  }
  return { count, features, means, shape, shared, whitening, logOffsets };
}
