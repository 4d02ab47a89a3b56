import type { Matrix } from "@mixtura/core";
import type { CSVCell, KeptColumn } from "@mixtura/io/internal";
import type { Writing } from "../files/dialect.ts";
import type { Column } from "../files/kept.ts";
import { keptColumns } from "../files/kept.ts";
import type { Reasons } from "./explain.ts";
import type { Judgement } from "./judge.ts";
import { reasonText } from "./reasons.ts";

/** What annotated rows are written as. */
export interface ColumnOptions {
  readonly writing: Writing;
  readonly names: readonly string[];
  /** Whether what each feature adds, and what was expected of it, is written too. */
  readonly explainAll: boolean;
}

/**
 * Rows as they came, with what the detector says about them: score, outlier, p-value where it is calibrated, reason for outliers. A result whose
 * name a column of the input has already is called "detected_…".
 */
export function annotated(
  X: Matrix,
  kept: readonly KeptColumn[],
  { scores, outliers, pValues }: Judgement,
  reasons: Reasons | undefined,
  { writing, names, explainAll }: ColumnOptions,
): Column[] {
  const explanation = reasons?.explanation;
  const place = (row: number): number | undefined => reasons?.place.get(row);
  const json = writing.format !== "csv";
  const columns = keptColumns(X, kept, writing);
  const taken = new Set(columns.map(([name]) => name));
  const add = (name: string, cells: ArrayLike<CSVCell>): void => void columns.push([taken.has(name) ? `detected_${name}` : name, cells]);
  add("score", scores);
  // JSON has a word for it; a column of a CSV file should read back as numbers.
  add("outlier", json ? Array.from(outliers, (mark) => mark === 1) : outliers);
  if (pValues !== undefined) add("p_value", pValues);
  add(
    "reason",
    Array.from(outliers, (mark, row) =>
      mark === 1 && explanation !== undefined ? reasonText(explanation, place(row)!, names, (j) => X.data[row * X.columns + j]!) : null,
    ),
  );
  if (!explainAll) return columns;
  for (const [prefix, table] of [
    ["contribution", explanation?.contributions],
    ["expected", explanation?.expected],
  ] as const) {
    if (table === undefined) continue;
    names.forEach((name, j) =>
      add(
        `${prefix}_${name}`,
        Float64Array.from({ length: X.rows }, (_, row) => table.data[(place(row) ?? NaN) * X.columns + j] ?? NaN),
      ),
    );
  }
  return columns;
}
