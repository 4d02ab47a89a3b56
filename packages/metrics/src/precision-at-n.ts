import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Labels } from "./labels.ts";
import type { RankingOptions } from "./ranking.ts";
import { rank } from "./ranking.ts";

/**
 * Precision at n: the fraction of positive rows among the n that score highest.
 *
 * Where equal scores straddle the n-th place, each of them gets an equal part of the places left: the mean over all ways to break the tie,
 * so that the order of the rows does not matter.
 *
 * @param labels one per row, all numbers, all texts or all booleans; see `positive`
 * @param scores one per row, higher for rows that look positive; infinite scores rank, NaN is refused
 * @param options `n`: a whole number from 1 to the number of rows; the number of positive rows when absent, which makes it the R-precision
 * @returns a number in [0, 1]
 * @throws MixturaError `invalid-shape`, `invalid-labels`, `not-finite`, `invalid-option` for a bad `n` and where no row is positive
 * @remarks O(n log n) time.
 * @see Campos et al., On the evaluation of unsupervised outlier detection (2016), section 3
 * @example
 * ```ts run
 * precisionAtN([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // => 0.5
 * precisionAtN([1, 0, 0, 1], [3, 2, 2, 2], { n: 2 }) // ≈ 0.6666666667
 * ```
 */
export function precisionAtN(labels: Labels, scores: ArrayLike<number>, options: RankingOptions & { readonly n?: number } = {}): number {
  const { ties, rows, positives } = rank(labels, scores, options, "precisionAtN");
  const n = (options as typeof options | null)?.n ?? positives;
  if (!Number.isInteger(n) || n < 1 || n > rows) {
    throw new MixturaError(
      "invalid-option",
      `precisionAtN: "n" must be an integer ≥ 1 and ≤ ${rows}, the number of rows, found ${show(n)}.`,
      {
        option: "n",
        found: n,
      },
    );
  }
  let hits = 0;
  let left = n;
  for (const tie of ties) {
    const taken = Math.min(left, tie.rows);
    hits += taken === tie.rows ? tie.positives : (tie.positives * taken) / tie.rows;
    left -= taken;
  }
  return hits / n;
}
