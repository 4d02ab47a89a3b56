import { averagePrecisionScore, rocAucScore } from "@mixtura/metrics";
import type { KnownOutliers } from "@mixtura/report/internal";
import { listed } from "@mixtura/wording/internal";
import { CommandError } from "../command-error.ts";

/** Scores of rows with the labels they came with. */
export class KnownLabels {
  readonly #labels: string[] = [];
  readonly #scores: number[] = [];
  readonly #marks: number[] = [];
  readonly column: string;
  readonly #positive: string;

  constructor(column: string, positive: string) {
    this.column = column;
    this.#positive = positive;
  }

  /** Whether there was no row. */
  get isEmpty(): boolean {
    return this.#labels.length === 0;
  }

  add(cells: readonly string[], scores: Float64Array, outliers: Uint8Array): void {
    cells.forEach((cell, row) => {
      this.#labels.push(cell);
      this.#scores.push(scores[row]!);
      this.#marks.push(outliers[row]!);
    });
  }

  /**
   * How the scores agree with the labels.
   *
   * @throws CommandError `usage` where no row has the label of an outlier, or every row has it
   */
  compared(): KnownOutliers {
    const positive = this.#positive;
    const count = this.#labels.filter((label) => label === positive).length;
    const found = [...new Set(this.#labels)].toSorted();
    if (count === 0)
      throw new CommandError(
        "usage",
        `--label-column ${this.column}: no row is labelled "${positive}"; found ${listed(found)}. Pass the label of an outlier with --outlier-label.`,
      );
    if (count === this.#labels.length)
      throw new CommandError(
        "usage",
        `--label-column ${this.column}: every row is labelled "${positive}", so there is nothing to compare them with.`,
      );
    const scores = this.#scores.map((score) => 0 - score); // the measures want outliers to score high
    return {
      column: this.column,
      positive,
      count,
      rocAuc: rocAucScore(this.#labels, scores, { positive }),
      averagePrecision: averagePrecisionScore(this.#labels, scores, { positive }),
      found: this.#labels.filter((label, row) => label === positive && this.#marks[row] === 1).length,
    };
  }
}
