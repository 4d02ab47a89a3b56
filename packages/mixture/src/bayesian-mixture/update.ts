import type { Moments } from "@mixtura/backend";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockSize } from "../covariance/kind.ts";
import type { Floors } from "../em/floors.ts";
import { lowBlocks, whitenBlocks } from "../em/m-step.ts";
import type { PriorConvention } from "./choices.ts";
import { precisionOf } from "./precision.ts";
import type { GaussianPrior } from "./prior.ts";

/** The posterior of means and precisions, and what stands in the way of using it. */
export interface GaussianUpdate {
  readonly meanPrecision: Float64Array;
  readonly means: Float64Array;
  readonly degreesOfFreedom: Float64Array;
  readonly covariances: Float64Array;
  readonly whitening: Float64Array;
  /** The rows of each component, Nₖ; 0 where there are too few to be distinguished from rounding. */
  readonly masses: Float64Array;
  /** The components' own means, where the moments lost digits since they were taken too far away. */
  readonly centres: Float64Array | undefined;
  readonly failed: readonly { readonly block: number; readonly pivot: number }[];
  /** Blocks whose inverse expected precision is to be raised to the least covariance. */
  readonly low: readonly number[];
}

/** A squared shift of this many variances costs half the digits of a double. */
const FAR_MOVE = 1e6;
/** Below this fraction of the total, mass is indistinguishable from rounding. */
const NO_MASS = 2 ** -53;

/**
 * How many degrees of freedom a row brings to a block, which is also how many times its scatter counts.
 *
 * Conjugate: one for the matrix of a component, and for each of the independent features; a spherical component's one number sees all d features of
 * a row. scikit-learn counts a row once for a spherical component, and divides rows among components that have one covariance.
 */
export function countPerRow(kind: CovarianceKind, convention: PriorConvention, d: number, k: number): number {
  if (convention === "conjugate") return precisionOf(kind).countPerRow(d);
  return kind.shared ? 1 / k : 1;
}

/**
 * The posterior of means and precisions, from the prior and the moments of the rows.
 *
 * β = β₀ + N, m = m₀ + (N/β)(x̄ − m₀), ν = ν₀ + N, S = S₀ + scatter about x̄ + (β₀ N/β)(x̄ − m₀)(x̄ − m₀)ᵀ, for every component or, where the
 * covariance is shared, with sums over components in ν and S.
 *
 * @param regularisation added to the variances of the rows, length d
 * @param least what S/ν is to be raised to, by whoever finishes the update
 * @see Bishop, Pattern Recognition and Machine Learning (2006), eqs. 10.58–10.63
 * @see Murphy, Conjugate Bayesian analysis of the Gaussian distribution (2007)
 */
export function updateGaussians(
  kind: CovarianceKind,
  convention: PriorConvention,
  prior: GaussianPrior,
  moments: Moments,
  { regularisation, least }: Pick<Floors, "regularisation" | "least">,
): GaussianUpdate {
  const { count, features: d, s0, s1, centres } = moments;
  const { meanPrecision: prior0, mean, degreesOfFreedom: freedom0, covariance: scale0 } = prior;
  let total = 0;
  for (let k = 0; k < count; k++) total += s0[k]!;
  const masses = s0.map((mass) => (mass > NO_MASS * total ? mass : 0));
  const meanPrecision = masses.map((mass) => prior0 + mass);
  const means = new Float64Array(count * d);
  const own = new Float64Array(count * d);
  const shifts = new Float64Array(count * d);
  const offsets = new Float64Array(count * d);
  for (let k = 0, at = 0; k < count; k++) {
    const mass = masses[k]!;
    const ratio = mass / meanPrecision[k]!;
    for (let j = 0; j < d; j++, at++) {
      shifts[at] = mass > 0 ? s1[at]! / mass : 0;
      own[at] = mass > 0 ? centres[at]! + shifts[at]! : centres[at]!;
      offsets[at] = mass > 0 ? own[at]! - mean[j]! : 0;
      means[at] = mean[j]! + ratio * offsets[at]!;
    }
  }
  const size = blockSize(kind, d);
  const blocks = blockCount(kind, count);
  const perRow = countPerRow(kind, convention, d, count);
  const covariances = new Float64Array(size * blocks);
  const degreesOfFreedom = new Float64Array(blocks);
  for (let block = 0; block < blocks; block++) {
    const at = block * size;
    const mass = kind.shared ? total : masses[block]!;
    const freedom = freedom0 + perRow * mass;
    degreesOfFreedom[block] = freedom;
    if (mass > 0) kind.estimate(moments, block, shifts, regularisation, covariances, at);
    for (let i = 0; i < size; i++) covariances[at + i] = scale0[i]! + perRow * mass * covariances[at + i]!;
    for (let k = kind.shared ? 0 : block; k < (kind.shared ? count : block + 1); k++) {
      const factor = perRow * masses[k]! * (prior0 / meanPrecision[k]!);
      kind.addSquare(offsets, k * d, d, factor, covariances, at);
    }
    for (let i = 0; i < size; i++) covariances[at + i]! /= freedom;
  }
  const { whitening, failed } = whitenBlocks(kind, covariances, count, d);
  const isFar = movedFar(kind, masses, shifts, covariances, degreesOfFreedom, d);
  const limited = least.some((value) => value > 0);
  return {
    meanPrecision,
    means,
    degreesOfFreedom,
    covariances,
    whitening,
    masses,
    centres: isFar ? own : undefined,
    failed: limited ? [] : failed,
    low: limited ? lowBlocks(kind, { covariances, whitening }, count, least) : [],
  };
}

/** Whether scatter was taken so far from the rows of a component that the difference cost digits of the posterior. */
function movedFar(
  kind: CovarianceKind,
  masses: Float64Array,
  shifts: Float64Array,
  covariances: Float64Array,
  degreesOfFreedom: Float64Array,
  d: number,
): boolean {
  const size = kind.shared ? 0 : blockSize(kind, d);
  return masses.some((mass, k) => {
    const freedom = degreesOfFreedom[kind.shared ? 0 : k]!;
    for (let j = 0; j < d; j++) {
      const limit = FAR_MOVE * freedom * covariances[k * size + kind.varianceAt(j, d)]!;
      if (mass * shifts[k * d + j]! ** 2 > limit) return true;
    }
    return false;
  });
}
