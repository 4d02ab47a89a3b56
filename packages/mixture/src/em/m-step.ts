import type { GaussianComponents, Moments } from "@mixtura/backend";
import { shiftMoments } from "@mixtura/backend/internal/rows";
import { gaussianComponents } from "@mixtura/backend/internal/factors";
import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf, blockSize } from "../covariance/kind.ts";
import type { Floors } from "./floors.ts";

/** A mixture in a row set's coordinates. Covariances are in the natural layout of their type; `whitening` holds their factors. */
export interface MixtureParameters {
  /** Length k, sum 1. */
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  readonly covariances: Float64Array;
  readonly whitening: Float64Array;
}

/** The parameters as a pass over rows takes them. */
export function componentsOf(kind: CovarianceKind, { weights, means, whitening }: MixtureParameters): GaussianComponents {
  return gaussianComponents({ weights, means, whitening, shape: kind.shape, shared: kind.shared });
}

/** Whitening factors of all blocks; blocks whose pivot failed are listed and left as zeros. */
export function whitenBlocks(
  kind: CovarianceKind,
  covariances: Float64Array,
  count: number,
  features: number,
): { whitening: Float64Array; failed: { block: number; pivot: number }[] } {
  const failed: { block: number; pivot: number }[] = [];
  const whitening = new Float64Array(covariances.length);
  const size = blockSize(kind, features);
  for (let block = 0; block < blockCount(kind, count); block++) {
    const result = kind.whiten(covariances, block * size, whitening, block * size, features);
    if (result !== undefined) failed.push({ block, pivot: result.pivot });
  }
  return { whitening, failed };
}

/** What an M-step gives: parameters, and what stands in the way of using them. */
export interface Maximised {
  readonly parameters: MixtureParameters;
  /** Components whose mass is gone; they keep the mean and covariance they had. */
  readonly empty: readonly number[];
  /** Blocks whose covariance is not positive definite though nothing limits it from below; their whitening is zero. */
  readonly failed: readonly { readonly block: number; readonly pivot: number }[];
  /** Blocks that are to be raised to the least covariance. */
  readonly low: readonly number[];
  /** Whether a mean moved so far that the scatter about its old place has lost digits. */
  readonly farMove: boolean;
}

/** A squared shift of this many variances costs half the digits of a double in Σ = S₂/s₀ − δδᵀ. */
const FAR_MOVE = 1e6;
/** Below this fraction of the total, mass is indistinguishable from rounding. */
const NO_MASS = 2 ** -53;

/**
 * The M-step: weights s₀/Σs₀, means c + s₁/s₀, covariances by the type's own rule. Where rows are weighted by their distance, means are divided by
 * the radial mass, and covariances by s₀, as in EM for t distributions.
 *
 * @param previous where a component without mass stays
 */
export function maximise(
  kind: CovarianceKind,
  moments: Moments,
  previous: MixtureParameters,
  { regularisation, least }: Pick<Floors, "regularisation" | "least">,
): Maximised {
  const { count, features, s0, s1, centres, radialMass } = moments;
  const weights = new Float64Array(count);
  const means = new Float64Array(count * features);
  const shifts = new Float64Array(count * features);
  const covariances = new Float64Array(previous.covariances.length);
  const empty: number[] = [];
  let total = 0;
  for (let k = 0; k < count; k++) total += s0[k]!;
  for (let k = 0, at = 0; k < count; k++) {
    const mass = s0[k]!;
    if (!(mass > NO_MASS * total)) {
      empty.push(k);
      for (let j = 0; j < features; j++, at++) means[at] = previous.means[at]!;
      continue;
    }
    weights[k] = mass / total;
    for (let j = 0; j < features; j++, at++) {
      shifts[at] = s1[at]! / (radialMass?.[k] ?? mass);
      means[at] = centres[at]! + shifts[at]!;
    }
  }
  const size = blockSize(kind, features);
  // With two masses the scatter is brought to the new means first: types know of one mass only.
  const [own, left] = radialMass === undefined ? [moments, shifts] : [shiftMoments(moments, means), new Float64Array(shifts.length)];
  for (let block = 0; block < blockCount(kind, count); block++) {
    const at = block * size;
    if (kind.shared || weights[block]! > 0) kind.estimate(own, block, left, regularisation, covariances, at);
    else covariances.set(blockOf(kind, previous.covariances, block, features), at);
  }
  const { whitening, failed } = whitenBlocks(kind, covariances, count, features);
  const limited = least.some((value) => value > 0);
  return {
    parameters: { weights, means, covariances, whitening },
    empty,
    failed: limited ? [] : failed,
    low: limited ? lowBlocks(kind, { covariances, whitening }, count, least) : [],
    farMove: movedFar(kind, covariances, shifts, count, least),
  };
}

/** Blocks that are narrower than the least covariance in some direction. */
export function lowBlocks(
  kind: CovarianceKind,
  { covariances, whitening }: Pick<MixtureParameters, "covariances" | "whitening">,
  count: number,
  least: Float64Array,
): number[] {
  const d = least.length;
  return Array.from({ length: blockCount(kind, count) }, (_, block) => block).filter(
    (block) => !kind.isAbove(blockOf(kind, covariances, block, d), blockOf(kind, whitening, block, d), least),
  );
}

/** The parameters with some of their blocks raised to the least covariance. */
export async function withRaised<Parameters extends Pick<MixtureParameters, "covariances" | "whitening">>(
  kind: CovarianceKind,
  parameters: Parameters,
  low: readonly number[],
  least: Float64Array,
  pace: Pace,
): Promise<Parameters> {
  if (low.length === 0) return parameters;
  const d = least.length;
  const covariances = parameters.covariances.slice();
  const whitening = parameters.whitening.slice();
  const size = blockSize(kind, d);
  for (const block of low) {
    covariances.set(await kind.raised(blockOf(kind, covariances, block, d), least, pace), block * size);
    // Rounding can spoil a raised matrix of enormous condition; its diagonal cannot fail.
    if (kind.whiten(covariances, block * size, whitening, block * size, d) === undefined) continue;
    const matrix = kind.expand(blockOf(kind, covariances, block, d), d).map((value, at) => (at % (d + 1) === 0 ? value : 0));
    covariances.set(kind.project(matrix, d), block * size);
    kind.whiten(covariances, block * size, whitening, block * size, d);
  }
  return { ...parameters, covariances, whitening };
}

function movedFar(kind: CovarianceKind, covariances: Float64Array, shifts: Float64Array, count: number, least: Float64Array): boolean {
  const features = least.length;
  const size = kind.shared ? 0 : blockSize(kind, features);
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < features; j++) {
      const shift = shifts[k * features + j]!;
      const variance = covariances[k * size + kind.varianceAt(j, features)]!;
      // Digits far below the least variance are not missed.
      if (shift !== 0 && shift * shift > FAR_MOVE * (variance >= least[j]! ? variance : least[j]!)) return true;
    }
  }
  return false;
}

/** Whether an M-step's result can be used as it is. */
export function needsRepair({ empty, failed }: Maximised): boolean {
  return empty.length > 0 || failed.length > 0;
}
