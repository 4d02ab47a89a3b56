import type { Matrix } from "@mixtura/core";
import { zeros } from "@mixtura/core/internal";
import { compensatedSum } from "./sum.ts";

/** A new matrix, entry by entry. */
export function build(rows: number, columns: number, entry: (i: number, j: number) => number): Matrix {
  const out = zeros(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out.data[i * columns + j] = entry(i, j);
  return out;
}

/** Entry (i, j), where one row or one column is repeated any number of times. */
export function broadcastEntry(m: Matrix, i: number, j: number): number {
  return m.data[(m.rows === 1 ? 0 : i) * m.columns + (m.columns === 1 ? 0 : j)]!;
}

export function transposed(m: Matrix): Matrix {
  return build(m.columns, m.rows, (i, j) => m.data[j * m.columns + i]!);
}

/** The product from its definition, and Σ |aᵢₜ bₜⱼ|. */
export function product(a: Matrix, b: Matrix): { product: Matrix; scale: Matrix } {
  const terms = (i: number, j: number): number[] =>
    Array.from({ length: a.columns }, (_, t) => a.data[i * a.columns + t]! * b.data[t * b.columns + j]!);
  return {
    product: build(a.rows, b.columns, (i, j) => compensatedSum(terms(i, j))),
    scale: build(a.rows, b.columns, (i, j) => compensatedSum(terms(i, j).map(Math.abs))),
  };
}

/** A number per column (axis 0) or per row (axis 1). */
export function alongAxis(m: Matrix, axis: 0 | 1, reduce: (values: number[]) => number): Float64Array {
  const lines = axis === 0 ? transposed(m) : m;
  return Float64Array.from({ length: lines.rows }, (_, line) =>
    reduce([...lines.data.subarray(line * lines.columns, (line + 1) * lines.columns)]),
  );
}
