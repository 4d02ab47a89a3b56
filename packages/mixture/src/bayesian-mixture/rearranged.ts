import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf, blockSize } from "../covariance/kind.ts";
import { whitenBlocks } from "../em/m-step.ts";
import { reorderBlocks } from "../em/order.ts";
import type { GaussianPosterior, Posterior } from "./posterior.ts";
import { precisionOf } from "./precision.ts";
import type { GaussianPrior } from "./prior.ts";
import { numbered } from "./sticks.ts";

/**
 * The posterior in which component `into` holds the rows of both and `from` none: natural parameters add up, less the prior's, which both contain.
 * Without a pass over the rows.
 *
 * @returns nothing where rounding left no covariance
 */
export function mergedGaussians(
  kind: CovarianceKind,
  prior: GaussianPrior,
  state: GaussianPosterior,
  into: number,
  from: number,
): GaussianPosterior | undefined {
  const d = prior.mean.length;
  const size = blockSize(kind, d);
  const { mean, meanPrecision: beta0, degreesOfFreedom: freedom0, covariance: scale0 } = prior;
  const [meanPrecision, means, degreesOfFreedom, covariances] = [
    state.meanPrecision.slice(),
    state.means.slice(),
    state.degreesOfFreedom.slice(),
    state.covariances.slice(),
  ];
  const beta = meanPrecision[into]! + meanPrecision[from]! - beta0;
  /** From the prior mean to those of both and to the new one. */
  const away = new Float64Array(3 * d);
  for (let j = 0; j < d; j++) {
    away[j] = means[into * d + j]! - mean[j]!;
    away[d + j] = means[from * d + j]! - mean[j]!;
    away[2 * d + j] = (meanPrecision[into]! * away[j]! + meanPrecision[from]! * away[d + j]!) / beta;
    means[into * d + j] = mean[j]! + away[2 * d + j]!;
    means[from * d + j] = mean[j]!;
  }
  // S − S₀ + β (m − m₀)(m − m₀)ᵀ is the scatter about m₀, which adds up.
  const block = kind.shared ? 0 : into;
  const scale = blockOf(kind, covariances, block, d);
  const freedom = degreesOfFreedom[block]!;
  for (let i = 0; i < size; i++) scale[i]! *= freedom;
  let nextFreedom = freedom;
  if (!kind.shared) {
    const other = blockOf(kind, covariances, from, d);
    const otherFreedom = degreesOfFreedom[from]!;
    for (let i = 0; i < size; i++) scale[i]! += other[i]! * otherFreedom - scale0[i]!;
    for (let i = 0; i < size; i++) other[i] = scale0[i]! / freedom0;
    nextFreedom += otherFreedom - freedom0;
    degreesOfFreedom[block] = nextFreedom;
    degreesOfFreedom[from] = freedom0;
  }
  const perRow = precisionOf(kind).countPerRow(d);
  kind.addSquare(away, 0, d, perRow * meanPrecision[into]!, scale, 0);
  kind.addSquare(away, d, d, perRow * meanPrecision[from]!, scale, 0);
  kind.addSquare(away, 2 * d, d, -perRow * beta, scale, 0);
  for (let i = 0; i < size; i++) scale[i]! /= nextFreedom;
  meanPrecision[into] = beta;
  meanPrecision[from] = beta0;
  const { whitening, failed } = whitenBlocks(kind, covariances, meanPrecision.length, d);
  return failed.length > 0 ? undefined : { meanPrecision, means, degreesOfFreedom, covariances, whitening };
}

/** A posterior, its weights included, with its components in another order. */
export function renumbered(kind: CovarianceKind, state: Posterior, order: readonly number[]): Posterior {
  const { concentrationPrior, weightConcentration } = state;
  return { concentrationPrior, weightConcentration: numbered(weightConcentration, order), ...reordered(kind, state, order) };
}

/** The Gaussians of a posterior with its components in another order. */
export function reordered(kind: CovarianceKind, state: GaussianPosterior, order: readonly number[]): GaussianPosterior {
  const { meanPrecision, means, degreesOfFreedom, covariances, whitening } = state;
  const ofBlocks = (values: Float64Array): Float64Array => (kind.shared ? values : reorderBlocks(values, order));
  return {
    meanPrecision: reorderBlocks(meanPrecision, order),
    means: reorderBlocks(means, order),
    degreesOfFreedom: ofBlocks(degreesOfFreedom),
    covariances: ofBlocks(covariances),
    whitening: ofBlocks(whitening),
  };
}
