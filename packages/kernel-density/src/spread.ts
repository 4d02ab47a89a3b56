import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { checkFeatureSquares } from "@mixtura/core/internal";

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
  /** d×d, where asked for; a constant feature correlates with nothing. */
  readonly correlation?: Float64Array;
  readonly constant: readonly number[];
  /** Σ w. */
  readonly weight: number;
}

/** Correlations and their factor. */
const HELD = 2;
const SQUARES = { holder: 'a density with scaling "whitened"', instead: 'Leave "scaling" out, or take fewer features.' };

/** Rounding of a sum with the feature's mean: what varies less than this, relative to the largest value, counts as constant. */
const MEAN_ROUNDING = 4 * Number.EPSILON;

/**
 * Standard deviations and correlations, about the mean and corrected for its rounding. Deviations are measured in the largest of them, so that
 * no square leaves the range of doubles.
 *
 * @param correlated whether correlations are asked for, which cost d² numbers
 * @throws MixturaError `too-many-features`; `not-finite` where values are so far apart that their difference overflows
 * @remarks O(n·d) time, with correlations O(n·d²).
 */
export async function spreadOf(rows: Rows, correlated: boolean, caller: string, pace: Pace): Promise<Spread> {
  const { data, features: d, weights } = rows;
  if (correlated) checkFeatureSquares(d, HELD, caller, SQUARES);
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
  const isConstant = reach.map((value, j) => Number(value <= MEAN_ROUNDING * Math.max(Math.abs(least[j]!), Math.abs(most[j]!))));
  const constant = Array.from(isConstant.keys()).filter((j) => isConstant[j] === 1);
  const scale = reach.map((value, j) => (isConstant[j] === 1 ? Infinity : value));
  const covariance = await scaledCovariance(rows, { mean, scale, weight }, correlated, pace);
  const variances = correlated ? Float64Array.from({ length: d }, (_, j) => covariance[j * (d + 1)]!) : covariance;
  // Where one row's weight is so large that the others are lost to rounding, the result may be negative.
  const roots = variances.map((variance, j) => (isConstant[j] === 1 ? 1 : Math.sqrt(Math.max(0, variance))));
  return {
    deviations: roots.map((root, j) => (isConstant[j] === 1 ? 1 : root * reach[j]!)),
    ...(correlated ? { correlation: correlationOf(covariance, roots) } : {}),
    constant,
    weight,
  };
}

function correlationOf(covariance: Float64Array, roots: Float64Array): Float64Array {
  const d = roots.length;
  return covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    const size = roots[i]! * roots[j]!;
    return i === j ? 1 : size > 0 ? value / size : 0;
  });
}

/** The d×d covariance of (x − mean) / scale, or its diagonal alone, of length d. */
async function scaledCovariance(
  { data, features: d, weights }: Rows,
  { mean, scale, weight }: { readonly mean: Float64Array; readonly scale: Float64Array; readonly weight: number },
  full: boolean,
  pace: Pace,
): Promise<Float64Array> {
  const sums = new Float64Array(d);
  const products = new Float64Array(full ? d * d : d);
  const u = new Float64Array(d);
  await inStrides(data.length / d, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const w = weights?.[i] ?? 1;
      for (let j = 0; j < d; j++) {
        u[j] = (data[i * d + j]! - mean[j]!) / scale[j]!;
        sums[j]! += w * u[j]!;
        if (full) for (let k = 0; k <= j; k++) products[j * d + k]! += w * u[j]! * u[k]!;
        else products[j]! += w * u[j]! * u[j]!;
      }
    }
  });
  if (!full) return products.map((sum, j) => sum / weight - (sums[j]! / weight) ** 2);
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      const value = products[j * d + k]! / weight - (sums[j]! / weight) * (sums[k]! / weight);
      products[j * d + k] = value;
      products[k * d + j] = value;
    }
  }
  return products;
}
