import type { BlockFrame } from "./block-frame.ts";

/** Beyond e^±20 in a standard deviation nothing is worth a look. */
const FARTHEST = 20;

/**
 * The frame about a list of variances: another one is the logarithms of the ratios of its standard deviations. One variance may hold for all features.
 *
 * @param whitening 1 / σ, of length d or 1
 * @remarks O(d) for every call.
 */
export function independentFrame(whitening: Float64Array, d: number): BlockFrame {
  const size = whitening.length;
  /** Features of one variance. */
  const features = d / size;
  const unit = Math.sqrt(2 * features);
  const of = (j: number): number => (size === 1 ? 0 : j);
  return {
    size,
    inward(differences, from, target, to) {
      for (let j = 0; j < d; j++) target[to + j] = differences[from + j]! * whitening[of(j)]!;
    },
    outward(coordinates, from, target, to) {
      for (let j = 0; j < d; j++) target[to + j] = coordinates[from + j]! / whitening[of(j)]!;
    },
    spread(other, target, to) {
      for (let j = 0; j < size; j++) target[to + j] = unit * Math.log(whitening[j]! / other[j]!);
    },
    covariance(coordinates, from, target, to) {
      for (let j = 0; j < size; j++) {
        const ratio = Math.exp(Math.max(-FARTHEST, Math.min(FARTHEST, coordinates[from + j]! / unit)));
        target[to + j] = (ratio / whitening[j]!) ** 2;
      }
    },
    slopesAt: (other) => ({
      mean(differences, from, target, to) {
        for (let j = 0; j < d; j++) target[to + j] = (differences[from + j]! * other[of(j)]! ** 2) / whitening[of(j)]!;
      },
      spread(second, target, to) {
        for (let j = 0; j < size; j++) target[to + j] = ((second[j]! * other[j]! ** 2 - 1) * unit) / 2;
      },
    }),
  };
}
