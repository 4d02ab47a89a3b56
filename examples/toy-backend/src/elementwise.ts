import type { Slab } from "./memory.ts";

/**
 * One number from each of two matrices; a single row or column is
 * repeated to fit the other.
 */
export function elementwise(
  a: Slab,
  b: Slab,
  combine: (x: number, y: number) => number,
): Slab {
  const rows = Math.max(a.rows, b.rows);
  const columns = Math.max(a.columns, b.columns);
  const data = new Float64Array(rows * columns);
  // A step of 0 stays on the one row or column there is.
  const [rowA, columnA] = [
    a.rows === 1 ? 0 : 1,
    a.columns === 1 ? 0 : a.rows,
  ];
  const [rowB, columnB] = [
    b.rows === 1 ? 0 : 1,
    b.columns === 1 ? 0 : b.rows,
  ];
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++)
      data[j * rows + i] = combine(
        a.data[j * columnA + i * rowA]!,
        b.data[j * columnB + i * rowB]!,
      );
  }
  return { data, rows, columns };
}

/** A function of each number. */
export function mapped(
  { data, rows, columns }: Slab,
  of: (x: number) => number,
): Slab {
  return { data: data.map(of), rows, columns };
}
