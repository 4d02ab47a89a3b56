import { MixturaError } from "../errors.ts";
import type { ArrowColumnLike, ArrowTableLike, Matrix } from "../matrix.ts";
import { numberAt } from "./rows.ts";

/** An Arrow table, column by column. With `wanted`, columns are chosen by name and others passed over. */
export function fromArrow(table: ArrowTableLike, caller: string, wanted?: readonly string[]): Matrix {
  const present = table.schema.fields.map((field) => field.name);
  const featureNames = wanted ?? present;
  const columns = featureNames.length;
  const data = new Float64Array(table.numRows * columns);
  for (let j = 0; j < columns; j++) {
    const name = featureNames[j]!;
    const column = table.getChildAt(wanted === undefined ? j : present.indexOf(name));
    if (column === null || column === undefined) {
      throw new MixturaError("feature-mismatch", `${caller}: the table has no column "${name}". It has ${present.join(", ")}.`, {
        expected: featureNames,
        found: present,
      });
    }
    copyColumn(column, data, j, columns, name, caller);
  }
  return { data, rows: table.numRows, columns, featureNames };
}

function copyColumn(column: ArrowColumnLike, data: Float64Array, index: number, columns: number, name: string, caller: string): void {
  // A column with nulls is read cell by cell: its plain array holds arbitrary numbers where the nulls are.
  const cells = (column.nullCount ?? 0) > 0 ? undefined : column.toArray();
  for (let i = 0; i < column.length; i++) {
    const cell = cells === undefined ? (column.get === undefined ? column.at?.(i) : column.get(i)) : cells[i];
    data[i * columns + index] = typeof cell === "bigint" ? Number(cell) : numberAt(cell, i, index, caller, name);
  }
}
