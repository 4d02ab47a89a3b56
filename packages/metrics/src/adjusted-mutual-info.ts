import { expectedMutualInfo } from "./expected-mutual-info.ts";
import type { Contingency, Labels } from "./labels.ts";
import { contingencyOf, samePartition } from "./labels.ts";

/**
 * Adjusted mutual information: the information that one partition gives about another, with chance taken out.
 *
 * (I − E[I]) / ((H₁ + H₂)/2 − E[I]), with the expectation over all partitions of the same group sizes. It is 1 for equal partitions and 0 on
 * average for independent ones. Unlike the adjusted Rand index it gives weight to small groups.
 *
 * @param labelsTrue one label per row; all numbers, all texts or all booleans
 * @param labelsPredicted one label per row, of the same length; its names need not be those of `labelsTrue`
 * @returns a number ≤ 1, symmetric in its arguments; 0 where just one of the two puts all rows in one group
 * @throws MixturaError `invalid-shape` for no rows or unequal lengths, `invalid-labels` for a table, null, a promise or labels of several types,
 *   `not-finite` for a label that is NaN
 * @remarks O(n) time for the table, and at most O(√n) per pair of distinct group sizes for the expectation, of which there are at most 2n.
 * @see Vinh, Epps & Bailey, Information theoretic measures for clusterings comparison (2010), eq. 24a
 * @example
 * ```ts run
 * adjustedMutualInfoScore([0, 0, 1, 1], ["b", "b", "a", "a"]) // => 1
 * adjustedMutualInfoScore([0, 0, 0, 0], [0, 1, 2, 3]) // => 0
 * ```
 */
export function adjustedMutualInfoScore(labelsTrue: Labels, labelsPredicted: Labels): number {
  const contingency = contingencyOf(labelsTrue, labelsPredicted, "adjustedMutualInfoScore");
  const { rows, trueSizes, predictedSizes } = contingency;
  if (samePartition(contingency)) return 1;
  if (trueSizes.length === 1 || predictedSizes.length === 1) return 0;
  const expected = expectedMutualInfo(trueSizes, predictedSizes, rows);
  const upper = (entropy(trueSizes, rows) + entropy(predictedSizes, rows)) / 2;
  return (mutualInfo(contingency) - expected) / (upper - expected);
}

/** Σ (n_ij / n) log (n n_ij / (a_i b_j)), in nats. */
function mutualInfo({ cells, trueSizes, predictedSizes, rows: n }: Contingency): number {
  return cells.reduce(
    (sum, cell) => sum + (cell.rows / n) * Math.log((n * cell.rows) / (trueSizes[cell.of]! * predictedSizes[cell.in]!)),
    0,
  );
}

/** −Σ p log p, in nats. */
function entropy(sizes: readonly number[], rows: number): number {
  return -sizes.reduce((sum, size) => sum + (size / rows) * Math.log(size / rows), 0);
}
