import type { Moments } from "@mixtura/backend";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf } from "../covariance/kind.ts";
import type { MixtureParameters } from "./parameters.ts";
import { whitenBlocks } from "./parameters.ts";

/** What an M-step gives: parameters, and what stands in the way of using them. */
export interface Maximised {
  readonly parameters: MixtureParameters;
  /** Components whose mass is gone; they keep the mean and covariance they had. */
  readonly empty: readonly number[];
  /** Blocks whose regularised covariance is not positive definite; their whitening is zero. */
  readonly failed: readonly { readonly block: number; readonly pivot: number }[];
  /** Whether a mean moved so far that the scatter about its old place has lost digits. */
  readonly farMove: boolean;
}

/** A squared shift of this many variances costs half the digits of a double in Σ = S₂/s₀ − δδᵀ. */
const FAR_MOVE = 1e6;
/** Below this share of the total, mass cannot be told from rounding. */
const NO_MASS = 2 ** -53;

/**
 * The M-step: weights s₀/Σs₀, means c + s₁/s₀, covariances by the type's own rule.
 *
 * @param previous where a component without mass stays
 */
export function maximise(kind: CovarianceKind, moments: Moments, previous: MixtureParameters, regularisation: Float64Array): Maximised {
  const { count, features, s0, s1, centres } = moments;
  const total = s0.reduce((sum, mass) => sum + mass, 0);
  const empty = Array.from(s0.keys()).filter((k) => !(s0[k]! > NO_MASS * total));
  const shifts = new Float64Array(count * features);
  const means = previous.means.slice();
  for (let k = 0; k < count; k++) {
    if (empty.includes(k)) continue;
    for (let at = k * features; at < (k + 1) * features; at++) {
      shifts[at] = s1[at]! / s0[k]!;
      means[at] = centres[at]! + shifts[at]!;
    }
  }
  const covariances = previous.covariances.slice();
  const size = kind.blockSize(features);
  for (let block = 0; block < blockCount(kind, count); block++) {
    if (kind.shared || !empty.includes(block)) covariances.set(kind.estimate(moments, block, shifts, regularisation), block * size);
  }
  const { whitening, failed } = whitenBlocks(kind, covariances, count, features);
  const weights = s0.map((mass, k) => (empty.includes(k) ? 0 : mass / total));
  return {
    parameters: { weights, means, covariances, whitening },
    empty,
    failed,
    farMove: movedFar(kind, covariances, shifts, count, features),
  };
}

function movedFar(kind: CovarianceKind, covariances: Float64Array, shifts: Float64Array, count: number, features: number): boolean {
  for (let k = 0; k < count; k++) {
    const matrix = kind.expand(blockOf(kind, covariances, kind.shared ? 0 : k, features), features);
    for (let j = 0; j < features; j++) {
      const shift = shifts[k * features + j]!;
      if (shift !== 0 && shift * shift > FAR_MOVE * matrix[j * features + j]!) return true;
    }
  }
  return false;
}
