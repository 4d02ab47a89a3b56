import type { Matrix } from "@mixtura/core";
import type { Anomaly } from "@mixtura/report";
import type { Judgement } from "./judge.ts";
import { reasonText } from "./reasons.ts";

/** A row that was found, and its number in the source from 1. */
export interface Finding extends Anomaly {
  readonly row: number;
}

/** Gathers what was found as rows pass by: how many, and the most extreme ones with reasons. */
export class Findings {
  rows = 0;
  outliers = 0;
  /** The most extreme outliers, the worst first. */
  readonly worst: Finding[] = [];
  readonly #most: number;
  readonly #names: readonly string[];

  constructor(most: number, names: readonly string[]) {
    this.#most = most;
    this.#names = names;
  }

  /** @param rowOf the number of a row of the block in its source, from 1 */
  add(
    { data, columns, rows }: Matrix,
    { scores, outliers, pValues, explanation, explained }: Judgement,
    rowOf: (row: number) => number,
  ): void {
    explained.forEach((row, at) => {
      if (outliers[row] !== 1) return;
      this.outliers++;
      const score = scores[row]!;
      if (this.worst.length === this.#most && score >= (this.worst.at(-1)?.score ?? -Infinity)) return;
      const place = this.worst.findIndex((other) => score < other.score);
      const part = (matrix: Matrix): Float64Array => matrix.data.slice(at * columns, (at + 1) * columns);
      const finding: Finding = {
        index: this.rows + row,
        row: rowOf(row),
        score,
        ...(pValues === undefined ? {} : { pValue: pValues[row]! }),
        reason: explanation === undefined ? "" : reasonText(explanation, at, this.#names, (j) => data[row * columns + j]!),
        values: data.slice(row * columns, (row + 1) * columns),
        ...(explanation === undefined ? {} : { contributions: part(explanation.contributions) }),
        ...(explanation?.expected === undefined ? {} : { expected: part(explanation.expected) }),
        ...(explanation?.deviation === undefined ? {} : { deviation: part(explanation.deviation) }),
      };
      this.worst.splice(place === -1 ? this.worst.length : place, 0, finding);
      if (this.worst.length > this.#most) this.worst.pop();
    });
    this.rows += rows;
  }
}
