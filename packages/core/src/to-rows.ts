import { MixturaError, show } from "./errors.ts";
import type { Matrix } from "./matrix.ts";
import { matrix } from "./matrix.ts";

/**
 * A matrix as lists of numbers, one a row: to print it, to send it, to index it.
 *
 * @throws MixturaError `invalid-shape` for what is no matrix, and for rows without columns
 * @remarks O(rows × columns) time and memory.
 * @example
 * ```ts run
 * toRows(matrix(Float64Array.of(1, 2, 3, 4), 2, 2)) // => [[1, 2], [3, 4]]
 * ```
 */
export function toRows(m: Matrix): number[][] {
  const { data, rows, columns } = checked(m, "toRows");
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * columns, (row + 1) * columns)));
}

/**
 * A matrix as records, one a row: what a fit takes, and what `console.table` shows best.
 *
 * @param names one for each column; those of the matrix by default
 * @throws MixturaError `invalid-shape` where there are no names, or not as many as columns
 * @remarks O(rows × columns) time and memory.
 * @example
 * ```ts run
 * toRecords(
 *   matrix(Float64Array.of(1, 2, 3, 4), 2, 2, ["length", "width"]),
 * ) // => [{ length: 1, width: 2 }, { length: 3, width: 4 }]
 * toRecords(matrix(Float64Array.of(1, 2), 1, 2)) // throws invalid-shape
 * ```
 */
export function toRecords(m: Matrix, names: readonly string[] | undefined = m?.featureNames): Record<string, number>[] {
  checked(m, "toRecords");
  if (!Array.isArray(names) || names.length !== m.columns) {
    const found = names === undefined ? "none" : Array.isArray(names) ? `${names.length}` : show(names);
    throw new MixturaError(
      "invalid-shape",
      `toRecords: ${m.columns} names are needed, one for each column, found ${found}. Pass them, or take toRows.`,
      {
        expected: `${m.columns} names`,
        found,
      },
    );
  }
  return toRows(m).map((row) => Object.fromEntries(row.map((value, j) => [names[j]!, value])));
}

/** A matrix whose numbers are there: the work is bounded by them, whatever its sizes say. */
function checked(m: Matrix, caller: string): Matrix {
  if (typeof m !== "object" || m === null || (m.rows > 0 && m.columns === 0)) {
    const message = `${caller}: a matrix with columns is needed, found ${show(m)}.`;
    throw new MixturaError("invalid-shape", message, { expected: "a matrix", found: show(m) });
  }
  return matrix(m.data, m.rows, m.columns);
}
