import type { ColumnProfile } from "./profile.ts";

/**
 * A variance for each feature that a spread is small or large against: its own, or where it has none the mean variance of the features that have
 * some, or 1.
 *
 * @example
 * ```ts run
 * featureScales({
 *   variances: Float64Array.of(4, 0, 2),
 *   ranges: Float64Array.of(6, 0, 5),
 * }) // => [4, 3, 2]
 * ```
 */
export function featureScales({ variances, ranges }: Pick<ColumnProfile, "variances" | "ranges">): Float64Array {
  const spread = variances.filter((_, j) => ranges[j]! > 0);
  const borrowed = spread.length > 0 ? spread.reduce((sum, value) => sum + value, 0) / spread.length : 1;
  return variances.map((variance, j) => (ranges[j]! > 0 ? variance : borrowed));
}
