import type { Matrix } from "ml-matrix";

/** The elementwise operations of arithmetic, by ml-matrix's names. */
export type Operation = "add" | "sub" | "mul" | "div";

/** An elementwise operation after repeating rows or columns of length one, by the cheapest of ml-matrix's methods that fits. */
export function broadcast(a: Matrix, b: Matrix, operation: Operation): Matrix {
  const rows = Math.max(a.rows, b.rows);
  const columns = Math.max(a.columns, b.columns);
  const left = a.rows === rows && a.columns === columns ? a.clone() : a.repeat({ rows: rows / a.rows, columns: columns / a.columns });
  if (b.rows === rows && b.columns === columns) return left[operation](b);
  if (b.rows === 1 && b.columns === 1) return left[operation](b.get(0, 0));
  return b.rows === 1 ? left[`${operation}RowVector`](b) : left[`${operation}ColumnVector`](b);
}
