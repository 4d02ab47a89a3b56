import type { Labels } from "./labels.ts";
import { contingencyOf, samePartition } from "./labels.ts";

/**
 * Adjusted Rand index: the fraction of pairs of rows on which two partitions agree, with chance taken out.
 *
 * With a, b, c and d for the pairs that are together in both, in the first alone, in the second alone and in neither:
 * 2 (a d − b c) / ((a + b)(b + d) + (a + c)(c + d)). It is 1 for equal partitions, 0 on average for independent ones, and may be negative.
 *
 * @param labelsTrue one label per row; all numbers, all texts or all booleans
 * @param labelsPredicted one label per row, of the same length; its names need not be those of `labelsTrue`
 * @returns a number in [−0.5, 1], symmetric in its arguments; 1 where both put all rows in one group
 * @throws MixturaError `invalid-shape` for no rows or unequal lengths, `invalid-labels` for a table, null, a promise or labels of several types,
 *   `not-finite` for a label that is NaN
 * @remarks O(n) time.
 * @see Hubert & Arabie, Comparing partitions (1985); in this form Warrens, On the equivalence of Cohen's kappa and the Hubert–Arabie adjusted Rand index (2008)
 * @example
 * ```ts run
 * adjustedRandScore([0, 0, 1, 1], ["b", "b", "a", "a"]) // => 1
 * adjustedRandScore([0, 0, 1, 1], [0, 0, 1, 2]) // ≈ 0.5714285714
 * ```
 */
export function adjustedRandScore(labelsTrue: Labels, labelsPredicted: Labels): number {
  const contingency = contingencyOf(labelsTrue, labelsPredicted, "adjustedRandScore");
  if (samePartition(contingency)) return 1;
  const { rows, trueSizes, predictedSizes, cells } = contingency;
  // Ordered pairs: whole numbers, and exact as long as n² is below 2⁵³.
  const both = pairs(cells.map((cell) => cell.rows));
  const first = pairs(trueSizes) - both;
  const second = pairs(predictedSizes) - both;
  const neither = rows * (rows - 1) - both - first - second;
  return (2 * (both * neither - first * second)) / ((both + first) * (first + neither) + (both + second) * (second + neither));
}

/** Ordered pairs of rows within groups. */
function pairs(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size * (size - 1), 0);
}
