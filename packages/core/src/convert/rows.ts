import { MixturaError, show } from "../errors.ts";
import type { Matrix } from "../matrix.ts";

type Row = ArrayLike<number>;

/** Rows given one by one, as arrays or typed arrays. All must have the width of the first. */
export function fromRows(rows: readonly Row[], caller: string): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Row | null | undefined;
    if (row === null || row === undefined || typeof row !== "object" || row.length !== columns) {
      throw ragged(caller, i, columns, row);
    }
    for (let j = 0; j < columns; j++) data[i * columns + j] = numberAt(row[j], i, j, caller);
  }
  return { data, rows: rows.length, columns };
}

/** A cell as a number. Text and absent cells are named by row and column, not turned into NaN. */
export function numberAt(value: unknown, row: number, column: number, caller: string, feature?: string): number {
  if (typeof value === "number") return value;
  const place = feature === undefined ? `column ${column}` : `column "${feature}"`;
  throw new MixturaError(
    "not-finite",
    `${caller}: row ${row}, ${place} is not a number (found ${show(value)}). Remove or convert the cell.`,
    {
      row,
      column,
      found: value,
      ...(feature === undefined ? {} : { feature }),
    },
  );
}

function ragged(caller: string, index: number, columns: number, row: unknown): MixturaError {
  const found = row !== null && typeof row === "object" && "length" in row ? `${(row as Row).length} columns` : show(row);
  return new MixturaError(
    "invalid-shape",
    `${caller}: row 0 has ${columns} columns but row ${index} has ${found}. All rows need the same width.`,
    {
      expected: `${columns} columns`,
      found: `${found} in row ${index}`,
    },
  );
}
