import type { GaussianComponents, Moments } from "@mixtura/backend";
import { scatters } from "@mixtura/backend/internal/rows";
import { factorSize, logDeterminant, shapes } from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf } from "../covariance/kind.ts";
import type { PriorConvention } from "./choices.ts";
import type { GaussianPosterior, Posterior } from "./posterior.ts";
import { logGammas, precisionOf } from "./precision.ts";
import type { WeightDistribution } from "./weights.ts";

/**
 * The entropy of the responsibilities, −Σ w r log r, from a pass with them: log r is the term of the component less the log-density of the row.
 *
 * @param moments about the means of `components`
 * @returns in nats; 0 up to rounding where rows are given wholly to one component
 * @remarks O(k·d³).
 */
export function responsibilityEntropy({ scatter, s0, S2, logLikelihood }: Moments, components: GaussianComponents): number {
  const { count, features: d, shared, whitening, logOffsets } = components;
  let expected = 0;
  for (let k = 0; k < count; k++) if (s0[k]! > 0) expected += s0[k]! * logOffsets[k]!;
  const shape = shapes[components.shape];
  const size = factorSize(components.shape, d);
  const blocks = scatters[scatter].pooled ? 1 : count;
  const width = S2.length / blocks;
  for (let block = 0; block < blocks; block++) {
    const factor = shared ? 0 : block * size;
    const at = block * width;
    if (shape.independent) {
      // Traces are one number, for factors that are one number too.
      const own = shape.diagonal(whitening, factor, d);
      for (let i = 0; i < width; i++) expected -= 0.5 * own[i]! * (own[i]! * S2[at + i]!); // the square of a factor may be beyond the largest double
    } else expected -= 0.5 * whitenedTrace(shape.triangle(whitening, factor, d), S2, at, d);
  }
  return Math.max(0, logLikelihood - expected);
}

/** tr W S Wᵀ of the lower triangle W and the symmetric S at `at`. */
function whitenedTrace(whitening: Float64Array, scatter: Float64Array, at: number, d: number): number {
  let trace = 0;
  for (let r = 0, row = 0; r < d; r++, row += d) {
    for (let i = 0; i <= r; i++) {
      let sum = 0;
      for (let j = 0; j < i; j++) sum += whitening[row + j]! * scatter[at + i * d + j]!;
      trace += whitening[row + i]! * (2 * sum + whitening[row + i]! * scatter[at + i * d + i]!);
    }
  }
  return trace;
}

/**
 * The part of the evidence lower bound that means and precisions make, with all its constants: what the rows of each component, shared as they
 * are, say of the prior once means and precisions are integrated out.
 *
 * @param prior the posterior of no rows
 * @param weight Σ w
 * @see Murphy, Conjugate Bayesian analysis of the Gaussian distribution (2007), eq. 266
 */
export function gaussianEvidence(kind: CovarianceKind, prior: GaussianPosterior, posterior: GaussianPosterior, weight: number): number {
  const count = posterior.meanPrecision.length;
  const d = posterior.means.length / count;
  let evidence = -0.5 * weight * d * Math.log(Math.PI);
  for (let k = 0; k < count; k++) evidence += 0.5 * d * Math.log(prior.meanPrecision[k]! / posterior.meanPrecision[k]!);
  for (let block = 0; block < blockCount(kind, count); block++) {
    evidence += logScaleFactor(kind, posterior, block, d) - logScaleFactor(kind, prior, block, d);
  }
  return evidence;
}

/** log of the normaliser of one block's precision, but for what does not depend on the rows: log Γ(ν/2) − ½ ν log |S|, or a sum of such. */
function logScaleFactor(kind: CovarianceKind, { degreesOfFreedom, whitening }: GaussianPosterior, block: number, d: number): number {
  const { shape, shared } = kind;
  const freedom = degreesOfFreedom[block]!;
  const logDeterminantOfScale = d * Math.log(freedom) - 2 * logDeterminant({ shape, shared, features: d, whitening }, block);
  return precisionOf(kind).logNormaliser(freedom, logDeterminantOfScale, d);
}

/**
 * What the bound of a raised scale S differs by from the form that holds for S* = S₀ + scatter: −½ ν (tr S* S⁻¹ − d) for each raised block, in nats. With it,
 * log Z(S) becomes log Z(S*) − KL(q, q*).
 *
 * @param blocks those that were raised
 */
export function raisedGap(kind: CovarianceKind, before: GaussianPosterior, after: GaussianPosterior, blocks: readonly number[]): number {
  const d = after.means.length / after.meanPrecision.length;
  let gap = 0;
  for (const block of blocks) {
    const own = blockOf(kind, before.covariances, block, d);
    const whitening = blockOf(kind, after.whitening, block, d);
    const trace = shapes[kind.shape].independent
      ? own.reduce((sum, value, at) => sum + value * whitening[at]! ** 2, 0)
      : whitenedTrace(shapes[kind.shape].triangle(whitening, 0, d), own, 0, d);
    gap += 0.5 * after.degreesOfFreedom[block]! * ((shapes[kind.shape].independent ? own.length : d) - trace);
  }
  return gap;
}

/**
 * scikit-learn's bound, which leaves constants out and takes every covariance type for a Wishart matrix per component.
 *
 * @param entropy of the responsibilities
 */
function scikitLearnBound(kind: CovarianceKind, weights: WeightDistribution, posterior: Posterior, entropy: number): number {
  const { weightConcentration, meanPrecision, degreesOfFreedom, whitening, means } = posterior;
  const count = meanPrecision.length;
  const d = means.length / count;
  const { shape, shared } = kind;
  let bound = entropy - weights.logNormaliser(weightConcentration);
  for (let k = 0; k < count; k++) {
    const freedom = degreesOfFreedom[shared ? 0 : k]!;
    const logRoot = logDeterminant({ shape, shared, features: d, whitening }, k) - 0.5 * d * Math.log(freedom);
    bound += freedom * (logRoot + 0.5 * d * Math.log(2)) + logGammas(freedom, d) - 0.5 * d * Math.log(meanPrecision[k]!);
  }
  return bound;
}

/** The bound per unit of weight. */
export function lowerBound(
  { kind, weights, convention, prior }: BoundProblem,
  posterior: Posterior,
  weightEvidence: number,
  entropy: number,
  weight: number,
): number {
  if (convention === "scikit-learn") return scikitLearnBound(kind, weights, posterior, entropy) / weight;
  return (entropy + weightEvidence + gaussianEvidence(kind, prior, posterior, weight)) / weight;
}

/** What a bound is about. */
export interface BoundProblem {
  readonly kind: CovarianceKind;
  readonly weights: WeightDistribution;
  readonly convention: PriorConvention;
  /** The posterior of no rows. */
  readonly prior: Posterior;
}
