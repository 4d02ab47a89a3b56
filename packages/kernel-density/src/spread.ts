import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";

/** Rows that count, and how much. */
export interface Rows {
  /** n×d */
  readonly data: Float64Array;
  readonly features: number;
  /** Length n, all positive; absent where every row counts once. */
  readonly weights?: Float64Array;
  readonly featureNames?: readonly string[];
}

/** How far the features spread. */
export interface Spread {
  /** Standard deviation of each feature, dividing by Σ w; 1 for a constant feature. */
  readonly deviations: Float64Array;
  /** d×d; a constant feature correlates with nothing. */
  readonly correlation: Float64Array;
  readonly constant: readonly number[];
  /** Σ w. */
  readonly weight: number;
}

/** Rounding of a sum with the feature's mean: what varies less than this, relative to the largest value, counts as constant. */
const MEAN_ROUNDING = 4 * Number.EPSILON;

/**
 * Standard deviations and correlations, about the mean and corrected for its rounding. Deviations are measured in the largest of them, so that
 * no square leaves the range of doubles.
 *
 * @throws MixturaError `not-finite` where values are so far apart that their difference overflows
 * @remarks O(n·d²) time.
 */
export async function spreadOf(rows: Rows, caller: string, pace: Pace): Promise<Spread> {
  const { data, features: d, weights } = rows;
  const n = data.length / d;
  const mean = new Float64Array(d);
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  let weight = 0;
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const w = weights?.[i] ?? 1;
      weight += w;
      for (let j = 0; j < d; j++) {
        const x = data[i * d + j]!;
        mean[j]! += (x - mean[j]!) * (w / weight);
        if (x < least[j]!) least[j] = x;
        if (x > most[j]!) most[j] = x;
      }
    }
  });
  const reach = mean.map((centre, j) => Math.max(most[j]! - centre, centre - least[j]!));
  const overflowing = reach.findIndex((value) => !(value < Infinity));
  if (overflowing !== -1) {
    throw new MixturaError(
      "not-finite",
      `${caller}: the values of feature ${overflowing} are too far apart: their differences overflow. Divide the feature by a large number.`,
      { row: 0, column: overflowing, found: reach[overflowing] },
    );
  }
  const constant = Array.from(reach.keys()).filter((j) => reach[j]! <= MEAN_ROUNDING * Math.max(Math.abs(least[j]!), Math.abs(most[j]!)));
  const scale = reach.map((value, j) => (constant.includes(j) ? Infinity : value));
  const covariance = await scaledCovariance(rows, mean, scale, weight, pace);
  for (const j of constant) covariance[j * (d + 1)] = 1;
  // Where one row's weight is so large that the others are lost to rounding, the result may be negative.
  const roots = Float64Array.from({ length: d }, (_, j) => Math.sqrt(Math.max(0, covariance[j * (d + 1)]!)));
  return {
    deviations: roots.map((root, j) => (constant.includes(j) ? 1 : root * reach[j]!)),
    correlation: covariance.map((value, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      const size = roots[i]! * roots[j]!;
      return i === j ? 1 : size > 0 ? value / size : 0;
    }),
    constant,
    weight,
  };
}

/** The covariance of (x − mean) / scale. */
async function scaledCovariance(
  { data, features: d, weights }: Rows,
  mean: Float64Array,
  scale: Float64Array,
  weight: number,
  pace: Pace,
): Promise<Float64Array> {
  const sums = new Float64Array(d);
  const products = new Float64Array(d * d);
  const u = new Float64Array(d);
  await inStrides(data.length / d, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const w = weights?.[i] ?? 1;
      for (let j = 0; j < d; j++) {
        u[j] = (data[i * d + j]! - mean[j]!) / scale[j]!;
        sums[j]! += w * u[j]!;
        for (let k = 0; k <= j; k++) products[j * d + k]! += w * u[j]! * u[k]!;
      }
    }
  });
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      const value = products[j * d + k]! / weight - (sums[j]! / weight) * (sums[k]! / weight);
      products[j * d + k] = value;
      products[k * d + j] = value;
    }
  }
  return products;
}
