import { allocated } from "../allocate.ts";
import { listed, MixturaError, show } from "../errors.ts";
import type { ArrowColumnLike, ArrowTableLike, Matrix } from "../matrix.ts";
import { exactly, numberAt } from "./rows.ts";

/**
 * An Arrow table, column by column. With `wanted`, columns are chosen by name and others passed over.
 *
 * @throws MixturaError `invalid-shape` for a table without a schema and for a column of another length than the table, `feature-mismatch`, `not-finite`
 */
export function fromArrow(table: ArrowTableLike, caller: string, wanted?: readonly string[]): Matrix {
  const rows = table.numRows;
  const present = columnNames(table, caller);
  const featureNames = wanted ?? present;
  const places = new Map(present.map((name, index) => [name, index] as const).toReversed()); // the first of a name counts
  const found = featureNames.map((name, j) => {
    const column = table.getChildAt(wanted === undefined ? j : (places.get(name) ?? -1));
    if (column === null || column === undefined) {
      throw new MixturaError("feature-mismatch", `${caller}: the table has no column "${name}". It has ${listed(present)}.`, {
        expected: featureNames,
        found: present,
      });
    }
    // Checked before memory is taken: a table that says that it is longer than its columns would be filled up with zeros.
    if (column.length !== rows) throw wrongLength(caller, name, rows, column.length);
    return column;
  });
  const columns = featureNames.length;
  const data = allocated(rows * columns, caller);
  for (const [j, column] of found.entries()) copyColumn(column, data, j, columns, featureNames[j]!, caller);
  return { data, rows, columns, featureNames };
}

function columnNames({ numRows, schema }: ArrowTableLike, caller: string): readonly string[] {
  const fields: unknown = (schema as ArrowTableLike["schema"] | null | undefined)?.fields;
  if (Array.isArray(fields) && Number.isSafeInteger(numRows) && numRows >= 0)
    return Array.from(fields, (field: { name: string } | null | undefined) => field?.name as string);
  throw new MixturaError(
    "invalid-shape",
    `${caller}: this is no Arrow table: it needs "schema.fields" with the names of its columns, and a number of rows (found ${show(numRows)}).`,
    { expected: "an Arrow table", found: show(numRows) },
  );
}

function wrongLength(caller: string, name: string, rows: number, length: unknown): MixturaError {
  return new MixturaError(
    "invalid-shape",
    `${caller}: the table has ${rows} rows, its column ${show(name)} ${show(length)}. Pass a table whose columns have one length.`,
    { expected: `${rows} cells`, found: `${show(length)} cells in "${name}"` },
  );
}

function copyColumn(column: ArrowColumnLike, data: Float64Array, index: number, columns: number, name: string, caller: string): void {
  // A column with nulls is read cell by cell: its plain array holds arbitrary numbers where the nulls are.
  const cells = (column.nullCount ?? 0) > 0 ? undefined : column.toArray();
  if (cells !== undefined && cells.length < column.length) throw wrongLength(caller, name, column.length, cells.length);
  for (let i = 0; i < column.length; i++) {
    const cell = cells === undefined ? (column.get === undefined ? column.at?.(i) : column.get(i)) : cells[i];
    data[i * columns + index] = typeof cell === "bigint" ? exactly(cell, i, index, name, caller) : numberAt(cell, i, index, caller, name);
  }
}
