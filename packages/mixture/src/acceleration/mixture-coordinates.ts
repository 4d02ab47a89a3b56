import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf, blockSize, isIndependent } from "../covariance/kind.ts";
import type { MixtureParameters } from "../em/m-step.ts";
import { whitenBlocks } from "../em/m-step.ts";
import type { BlockFrame } from "./block-frame.ts";
import type { Coordinates } from "./coordinates.ts";
import { independentFrame } from "./independent-frame.ts";
import { triangularFrame } from "./triangular-frame.ts";

/** Roots of weights that move by more than these factors, means by more than so many deviations and spreads by more than so much leave a frame. */
const FAR = { lessWeight: 0.7, moreWeight: 1.4, mean: 1, spread: 0.7 };
/** Components without rows keep a unit. */
const LEAST_WEIGHT = 1e-12;
/** A weight too small for its changes to matter. */
const SLIGHT = 1e-6;
/** The part of the root of a weight that a step leaves at least. */
const LEAST_LEFT = 0.1;

/**
 * Unconstrained coordinates of mixtures about one of them: of each component 2√π, the mean and the factor of the covariance in units of the anchor's own,
 * by √π. There the information of complete data is the identity, so that a step of EM is about a step along the slope.
 *
 * @remarks O(k·d³) for full covariances, O(k·d) for variances; in turns.
 */
export async function mixtureCoordinates(
  kind: CovarianceKind,
  anchor: MixtureParameters,
  pace: Pace,
): Promise<Coordinates<MixtureParameters>> {
  const { weights, means, whitening } = anchor;
  const count = weights.length;
  const d = means.length / count;
  const blocks = blockCount(kind, count);
  const numbers = blockSize(kind, d);
  const frames: BlockFrame[] = [];
  const polite = async (): Promise<void> => {
    if (pace.due()) await pace.turn();
  };
  for (let block = 0; block < blocks; block++) {
    const own = blockOf(kind, whitening, block, d);
    frames.push(isIndependent(kind) ? independentFrame(own, d) : triangularFrame(own, d));
    await polite();
  }
  const frameOf = (k: number): BlockFrame => frames[kind.shared ? 0 : k]!;
  const units = weights.map((weight) => Math.sqrt(Math.max(weight, LEAST_WEIGHT)));
  /** A covariance that all share rests on all rows. */
  const unitOf = (block: number): number => (kind.shared ? 1 : units[block]!);
  const spreadSize = frames[0]!.size;
  const spreadsFrom = count * (1 + d);
  const size = spreadsFrom + blocks * spreadSize;

  return {
    async of(mixture) {
      const x = new Float64Array(size);
      const difference = mixture.means.map((value, at) => value - means[at]!);
      for (let k = 0; k < count; k++) {
        x[k] = 2 * Math.sqrt(mixture.weights[k]!);
        frameOf(k).inward(difference, k * d, x, count + k * d);
        scale(x, count + k * d, d, units[k]!);
      }
      for (let block = 0; block < blocks; block++) {
        const to = spreadsFrom + block * spreadSize;
        frames[block]!.spread(blockOf(kind, mixture.whitening, block, d), x, to);
        scale(x, to, spreadSize, unitOf(block));
        await polite();
      }
      return x;
    },
    async at(coordinates) {
      const x = coordinates.slice();
      let total = 0;
      for (let k = 0; k < count; k++) {
        // A weight that would go beyond 0 becomes small; one of 0 stays.
        x[k] = Math.max(x[k]!, LEAST_LEFT * 2 * Math.sqrt(weights[k]!));
        total += x[k]! ** 2;
      }
      const moved = new Float64Array(count * d);
      for (let k = 0; k < count; k++) {
        scale(x, count + k * d, d, 1 / units[k]!);
        frameOf(k).outward(x, count + k * d, moved, k * d);
      }
      const covariances = new Float64Array(blocks * numbers);
      for (let block = 0; block < blocks; block++) {
        const from = spreadsFrom + block * spreadSize;
        scale(x, from, spreadSize, 1 / unitOf(block));
        frames[block]!.covariance(x, from, covariances, block * numbers);
        await polite();
      }
      const { whitening: factors, failed } = whitenBlocks(kind, covariances, count, d);
      if (failed.length > 0) return undefined;
      return {
        weights: weights.map((_, k) => x[k]! ** 2 / total),
        means: moved.map((value, at) => means[at]! + value),
        covariances,
        whitening: factors,
      };
    },
    async slope(mixture, mapped) {
      const slope = new Float64Array(size);
      const difference = mapped.means.map((value, at) => value - mixture.means[at]!);
      let slopes: ReturnType<BlockFrame["slopesAt"]> | undefined;
      for (let block = 0; block < blocks; block++) {
        const components = kind.shared ? Array.from(weights.keys()) : [block];
        const second = blockOf(kind, mapped.covariances, block, d).slice();
        slopes = frames[block]!.slopesAt(blockOf(kind, mixture.whitening, block, d));
        for (const k of components) {
          const mass = mapped.weights[k]!;
          const root = 2 * Math.sqrt(mixture.weights[k]!);
          slope[k] = root > 0 ? (2 * mass) / root - root / 2 : 0;
          kind.addSquare(difference, k * d, d, kind.shared ? mass : 1, second, 0);
          slopes.mean(difference, k * d, slope, count + k * d);
          scale(slope, count + k * d, d, mass / units[k]!);
        }
        const to = spreadsFrom + block * spreadSize;
        slopes.spread(second, slope, to);
        scale(slope, to, spreadSize, kind.shared ? 1 : mapped.weights[block]! / units[block]!);
        await polite();
      }
      return slope;
    },
    isFar(x) {
      for (let k = 0; k < count; k++) {
        // Components that are all but empty do not move a frame by that.
        const [now, then] = [x[k]! ** 2 / 4, weights[k]!].map((weight) => Math.sqrt(Math.max(weight, SLIGHT)));
        if (now! < FAR.lessWeight * then! || now! > FAR.moreWeight * then!) return true;
        for (let at = count + k * d; at < count + (k + 1) * d; at++) if (Math.abs(x[at]!) > FAR.mean * units[k]!) return true;
      }
      for (let block = 0, at = spreadsFrom; block < blocks; block++) {
        const limit = FAR.spread * unitOf(block);
        for (let i = 0; i < spreadSize; i++, at++) if (Math.abs(x[at]!) > limit) return true;
      }
      return false;
    },
  };
}

function scale(values: Float64Array, from: number, count: number, factor: number): void {
  for (let at = from; at < from + count; at++) values[at]! *= factor;
}
