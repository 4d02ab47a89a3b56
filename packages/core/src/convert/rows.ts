import { allocated } from "../allocate.ts";
import { MixturaError, show } from "../errors.ts";
import type { Matrix } from "../matrix.ts";

type Row = ArrayLike<number>;

/** Rows given one by one, as arrays or typed arrays. All must have the width of the first. */
export function fromRows(rows: readonly Row[], caller: string): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = allocated(rows.length * columns, caller);
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
  throw badCell(caller, row, column, feature, value, `is not a number (found ${show(value)}). Remove or convert the cell.`);
}

/** A 64-bit integer as a number, unless it would become another one: two identifiers would be equal. */
export function exactly(cell: bigint, row: number, column: number, name: string, caller: string): number {
  const value = Number(cell);
  if (BigInt(value) === cell) return value;
  const problem = `is ${cell}, an integer beyond 2^53 that no number holds exactly. Leave the column out if it identifies rows; cast it to Float64 if it measures something.`;
  throw badCell(caller, row, column, name, cell, problem);
}

/** The error of one cell; `problem` follows its place in the sentence. */
export function badCell(
  caller: string,
  row: number,
  column: number,
  feature: string | undefined,
  found: unknown,
  problem: string,
): MixturaError {
  const place = feature === undefined ? `${column}` : `"${feature}"`;
  const detail = { row, column, found, ...(feature === undefined ? {} : { feature }) };
  return new MixturaError("not-finite", `${caller}: row ${row}, column ${place} ${problem}`, detail);
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
