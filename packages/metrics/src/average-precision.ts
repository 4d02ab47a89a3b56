import type { Labels } from "./labels.ts";
import type { RankingOptions } from "./ranking.ts";
import { rank } from "./ranking.ts";

/**
 * Average precision: the precision at each threshold, averaged over the positive rows that it adds.
 *
 * Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the distinct scores from the highest down, with R the recall and P the precision of taking all rows of at least that
 * score. Nothing is interpolated. 1 for a perfect ranking, about the fraction of positive rows for a random one.
 *
 * @param labels one per row, all numbers, all texts or all booleans; see `positive`
 * @param scores one per row, higher for rows that look positive; infinite scores rank, NaN is refused
 * @returns a number in (0, 1]
 * @throws MixturaError `invalid-shape`, `invalid-labels`, `not-finite`, `invalid-option` where no row is positive
 * @remarks O(n log n) time.
 * @see Davis & Goadrich, The relationship between precision-recall and ROC curves (2006)
 * @example
 * ```ts run
 * averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
 * // ≈ 0.8333333333
 * ```
 */
export function averagePrecisionScore(labels: Labels, scores: ArrayLike<number>, options: RankingOptions = {}): number {
  const { ties, positives } = rank(labels, scores, options, "averagePrecisionScore");
  let taken = 0;
  let hits = 0;
  let sum = 0;
  for (const tie of ties) {
    taken += tie.rows;
    hits += tie.positives;
    sum += tie.positives * (hits / taken);
  }
  return sum / positives;
}
