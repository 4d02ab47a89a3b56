import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Anomaly } from "@mixtura/report/internal";
import type { RowIds } from "../files/row-ids.ts";
import type { Detector } from "./detector.ts";
import type { ExplainOptions } from "./explain.ts";
import { explainRows } from "./explain.ts";
import type { Judgement } from "./judge.ts";
import { reasonText } from "./reasons.ts";

/** A row that was found, and its number in the source from 1. */
export interface Finding extends Anomaly {
  readonly row: number;
  /** What the row is named by, where a column identifies rows. */
  readonly id?: string;
}

/** A finding before it is known why it is one. */
type Extreme = Omit<Finding, "reason" | "contributions" | "expected" | "deviation">;

/** Gathers what was found as rows pass by: how many, and the most extreme ones. */
export class Findings {
  rows = 0;
  outliers = 0;
  /** The most extreme outliers, the worst first. */
  readonly worst: Extreme[] = [];
  /** The column that identifies rows, where one was met. */
  idColumn: string | undefined;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param rowOf the number of a row of the block in its source, from 1
   * @param ids what the rows of the block are named by
   */
  add({ data, columns, rows }: Matrix, { scores, outliers, pValues }: Judgement, rowOf: (row: number) => number, ids?: RowIds): void {
    this.idColumn ??= ids?.column;
    for (let row = 0; row < rows; row++) {
      if (outliers[row] !== 1) continue;
      this.outliers++;
      const score = scores[row]!;
      if (this.worst.length === this.#most && score >= (this.worst.at(-1)?.score ?? -Infinity)) continue;
      const place = this.worst.findIndex((other) => score < other.score);
      const extreme: Extreme = {
        index: this.rows + row,
        row: rowOf(row),
        ...(ids === undefined ? {} : { id: ids.cells[row]! }),
        score,
        ...(pValues === undefined ? {} : { pValue: pValues[row]! }),
        values: data.slice(row * columns, (row + 1) * columns),
      };
      this.worst.splice(place === -1 ? this.worst.length : place, 0, extreme);
      if (this.worst.length > this.#most) this.worst.pop();
    }
    this.rows += rows;
  }
}

/** Findings with what their rows are named by, where all rows are known. */
export function named(findings: readonly Finding[], ids: RowIds | undefined): readonly Finding[] {
  return ids === undefined ? findings : findings.map((finding) => ({ ...finding, id: ids.cells[finding.index]! }));
}

/** The most extreme rows, each with its reason: only what is shown is explained. */
export async function explained(
  worst: readonly Extreme[],
  detector: Detector,
  names: readonly string[],
  options: ExplainOptions,
): Promise<readonly Finding[]> {
  const columns = detector.featureCount;
  const X = matrix(Float64Array.from(worst.flatMap(({ values }) => [...values])), worst.length, columns, detector.featureNames);
  const reasons = await explainRows(detector, X, Int32Array.from(worst.keys()), options);
  return worst.map((extreme, at) => {
    if (reasons === undefined) return { ...extreme, reason: "" };
    const { explanation } = reasons;
    const part = (table: Matrix): Float64Array => table.data.slice(at * columns, (at + 1) * columns);
    return {
      ...extreme,
      reason: reasonText(explanation, at, names, (j) => extreme.values[j]!),
      contributions: part(explanation.contributions),
      ...(explanation.expected === undefined ? {} : { expected: part(explanation.expected) }),
      ...(explanation.deviation === undefined ? {} : { deviation: part(explanation.deviation) }),
    };
  });
}
