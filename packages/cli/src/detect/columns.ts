import type { Matrix } from "@mixtura/core";
import type { CSVCell, KeptColumn, TableFormat } from "@mixtura/io";
import type { Judgement } from "./judge.ts";
import { reasonText } from "./reasons.ts";

type Column = readonly [name: string, cells: ArrayLike<CSVCell>];

/** What annotated rows are written as. */
export interface ColumnOptions {
  readonly format: TableFormat;
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
  judgement: Judgement,
  { format, names, explainAll }: ColumnOptions,
): Column[] {
  const { scores, outliers, pValues, explanation, explained } = judgement;
  const json = format !== "csv";
  const columns: Column[] = kept.map(({ name, cells }) => [name, json ? (numbersOf(X, name) ?? cells) : cells]);
  const taken = new Set(kept.map(({ name }) => name));
  const add = (name: string, cells: ArrayLike<CSVCell>): void => void columns.push([taken.has(name) ? `detected_${name}` : name, cells]);
  add("score", scores);
  // JSON has a word for it; a column of a CSV file should read back as numbers.
  add("outlier", json ? Array.from(outliers, (mark) => mark === 1) : outliers);
  if (pValues !== undefined) add("p_value", pValues);
  const place = new Map(Array.from(explained, (row, at) => [row, at]));
  add(
    "reason",
    Array.from(outliers, (mark, row) =>
      mark === 1 && explanation !== undefined ? reasonText(explanation, place.get(row)!, names, (j) => X.data[row * X.columns + j]!) : null,
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
        Float64Array.from({ length: X.rows }, (_, row) => table.data[row * X.columns + j]!),
      ),
    );
  }
  return columns;
}

/** A feature's numbers, where a kept column is one: as they were read, not as text. */
function numbersOf({ data, rows, columns, featureNames }: Matrix, name: string): Float64Array | undefined {
  const feature = featureNames?.indexOf(name) ?? -1;
  return feature === -1 ? undefined : Float64Array.from({ length: rows }, (_, row) => data[row * columns + feature]!);
}
