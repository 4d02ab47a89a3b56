import type { Matrix } from "@mixtura/core";

/** One feature in numbers. */
export interface FeatureSummary {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** Different values among the rows that the median is of. */
  readonly different: number;
  /** Rows that the median is of. */
  readonly medianOf: number;
  /** Rows in each of equal steps from the least value to the most. */
  readonly bars: readonly number[];
}

/** Bars of a small histogram. */
export const SPARK_BARS = 18;

/** Values that are sorted at most. */
const MOST_SORTED = 20_000;

/** Summarises a feature of at least one row. O(n). */
export function summariseFeature({ data, rows, columns }: Matrix, feature: number): FeatureSummary {
  let [least, most] = [Infinity, -Infinity];
  let [mean, squares] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const value = data[row * columns + feature]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const size = Math.max(Math.abs(least), Math.abs(most)) || 1; // squares are taken of values of size 1, so they cannot overflow
  for (let row = 0; row < rows; row++) {
    const value = data[row * columns + feature]! / size;
    const before = value - mean;
    mean += before / (row + 1);
    squares += before * (value - mean);
  }
  const bars = Array.from({ length: SPARK_BARS }, () => 0);
  const range = most / 2 - least / 2; // half of it, which cannot overflow
  for (let row = 0; row < rows; row++) {
    const fraction = range > 0 ? (data[row * columns + feature]! / 2 - least / 2) / range : 0.5;
    bars[Math.min(SPARK_BARS - 1, Math.floor(fraction * SPARK_BARS))]!++;
  }
  const medianOf = Math.min(rows, MOST_SORTED);
  const sorted = Float64Array.from({ length: medianOf }, (_, i) => data[Math.floor((i * rows) / medianOf) * columns + feature]!).toSorted();
  const [lower, upper] = [sorted[(medianOf - 1) >> 1]!, sorted[medianOf >> 1]!];
  return {
    mean: mean * size,
    deviation: rows > 1 && least < most ? Math.min(Number.MAX_VALUE, Math.sqrt(squares / (rows - 1)) * size) : 0,
    least,
    median: lower / 2 + upper / 2,
    most,
    different: sorted.reduce((count, value, i) => count + (i > 0 && value === sorted[i - 1] ? 0 : 1), 0),
    medianOf,
    bars,
  };
}
