import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Labels } from "./labels.ts";
import { checkLabels, requireLength } from "./labels.ts";

/** Options of the measures of rankings. */
export interface RankingOptions {
  /** The label of the rows that should score high; all other labels are the rest. By default 1 and `true` are: detectors' −1 is not. */
  readonly positive?: number | string | boolean;
}

/** Rows of one and the same score. */
interface Tie {
  readonly rows: number;
  readonly positives: number;
}

/** Rows from the highest score to the lowest, those of equal score taken together. */
export interface Ranking {
  readonly ties: readonly Tie[];
  readonly rows: number;
  readonly positives: number;
}

/**
 * Ranks rows by falling score, in O(n log n).
 *
 * @throws MixturaError `invalid-shape` for unequal lengths, `invalid-labels`, `not-finite` for a score that is NaN, `invalid-option` where no
 *   row is positive
 */
export function rank(labels: Labels, scores: ArrayLike<number>, options: RankingOptions | null | undefined, caller: string): Ranking {
  const positive = options?.positive;
  checkLabels(labels, caller);
  const rows = labels.length;
  requireLength(scores, rows, "scores", caller);
  for (let row = 0; row < rows; row++) {
    const found = scores[row];
    if (typeof found !== "number" || Number.isNaN(found)) {
      throw new MixturaError(
        "not-finite",
        `${caller}: the score of row ${row} is ${show(found)}. Scores are numbers; infinite ones rank too.`,
        {
          row,
          column: 0,
          found,
        },
      );
    }
  }
  const isPositive = (label: unknown): boolean => (positive === undefined ? label === 1 || label === true : label === positive);
  const order = Int32Array.from({ length: rows }, (_, row) => row).toSorted((i, j) =>
    scores[i]! < scores[j]! ? 1 : scores[i]! > scores[j]! ? -1 : 0,
  );
  const ties: { rows: number; positives: number }[] = [];
  let positives = 0;
  order.forEach((row, at) => {
    if (at === 0 || scores[row] !== scores[order[at - 1]!]) ties.push({ rows: 0, positives: 0 });
    const tie = ties.at(-1)!;
    tie.rows += 1;
    if (!isPositive(labels[row])) return;
    tie.positives += 1;
    positives += 1;
  });
  if (positives === 0) {
    const wanted = positive === undefined ? "1 or true" : show(positive);
    throw new MixturaError(
      "invalid-option",
      `${caller}: no row has the positive label (${wanted}). Say which label should score high in "positive".`,
      {
        option: "positive",
        found: positive,
      },
    );
  }
  return { ties, rows, positives };
}
