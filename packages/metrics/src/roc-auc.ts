import { MixturaError } from "@mixtura/core";
import type { Labels } from "./labels.ts";
import type { RankingOptions } from "./ranking.ts";
import { rank } from "./ranking.ts";

/**
 * Area under the receiver operating characteristic: how often a positive row scores higher than another one.
 *
 * P(s₊ > s₋) + ½ P(s₊ = s₋) over all pairs of a positive row and another, which is the Mann–Whitney statistic; equal scores count half.
 * 1 for a perfect ranking, ½ for a random one.
 *
 * @param labels one per row, all numbers, all texts or all booleans; see `positive`
 * @param scores one per row, higher for rows that look positive; infinite scores rank, NaN is refused
 * @returns a number in [0, 1]
 * @throws MixturaError `invalid-shape`, `invalid-labels`, `not-finite`, `invalid-option` where all rows are of one class
 * @remarks O(n log n) time.
 * @see Hanley & McNeil, The meaning and use of the area under a ROC curve (1982)
 * @example
 * ```ts run
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // => 0.75
 * rocAucScore(["good", "bad", "good"], [1, 2, 2], { positive: "bad" })
 * // => 0.75
 * ```
 */
export function rocAucScore(labels: Labels, scores: ArrayLike<number>, options: RankingOptions = {}): number {
  const { ties, rows, positives } = rank(labels, scores, options, "rocAucScore");
  const others = rows - positives;
  if (others === 0) {
    throw new MixturaError("invalid-option", "rocAucScore: all rows are positive, so there is nothing to rank them against.", {
      option: "labels",
      found: positives,
    });
  }
  // Twice the number of pairs won: whole numbers, so exact.
  let twice = 0;
  let left = others;
  for (const tie of ties) {
    const tied = tie.rows - tie.positives;
    left -= tied;
    twice += tie.positives * (2 * left + tied);
  }
  return twice / (2 * positives * others);
}
