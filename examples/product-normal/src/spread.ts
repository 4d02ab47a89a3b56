import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { forEachRow } from "@mixtura/core/authoring";

/** Where the values of each feature lie and how far they spread; 0 for a constant feature. */
export interface Spread {
  /** Length d. */
  readonly means: Float64Array;
  /** Length d. */
  readonly deviations: Float64Array;
}

/** Spread below this fraction of the mean is that of rounding. */
const ROUNDING = 1e-14;

/**
 * Weighted means and standard deviations (divided by Σ w) in one pass, about the running mean, so that no offset costs digits.
 *
 * @see Welford, Note on a method for calculating corrected sums of squares and products (1962)
 */
export async function spreadOf({ data, rows, columns }: Matrix, weights: Float64Array | undefined, pace: Pace): Promise<Spread> {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let total = 0;
  await forEachRow(rows, columns, pace, (row) => {
    const weight = weights?.[row] ?? 1;
    if (weight === 0) return;
    total += weight;
    for (let j = 0; j < columns; j++) {
      const difference = data[row * columns + j]! - means[j]!;
      means[j]! += (difference * weight) / total;
      squares[j]! += weight * difference * (data[row * columns + j]! - means[j]!);
    }
  });
  const deviations = squares.map((square, j) => {
    const deviation = Math.sqrt(square / total);
    return deviation <= ROUNDING * Math.abs(means[j]!) ? 0 : deviation;
  });
  return { means: means.map((mean) => mean + 0), deviations }; // JSON cannot hold negative zeros
}
