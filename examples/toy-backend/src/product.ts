import type { Slab } from "./memory.ts";

/** The matrix product, either factor transposed on request. */
export function product(
  a: Slab,
  b: Slab,
  { transposeA = false, transposeB = false } = {},
): Slab {
  const [rows, inner] = transposeA
    ? [a.columns, a.rows]
    : [a.rows, a.columns];
  const columns = transposeB ? b.rows : b.columns;
  const [rowA, termA] = transposeA ? [a.rows, 1] : [1, a.rows];
  const [columnB, termB] = transposeB ? [1, b.rows] : [b.rows, 1];
  const data = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let t = 0; t < inner; t++)
        sum +=
          a.data[i * rowA + t * termA]! *
          b.data[j * columnB + t * termB]!;
      data[j * rows + i] = sum;
    }
  }
  return { data, rows, columns };
}
