import type { Matrix } from "@mixtura/core";
import { zeros } from "@mixtura/core/internal";
import type { Primitives } from "../contract.ts";
import { plainRows } from "./plain-rows.ts";

/** The primitives on plain row-major matrices. They are the yardstick of the others, so they are written to be read. */
export const referencePrimitives: Primitives<Matrix> = {
  ...plainRows,
  download: async (handle) => ({ data: handle.data.slice(), rows: handle.rows, columns: handle.columns }),
  scope: (work) => work(),
  shape: (handle) => [handle.rows, handle.columns],
  matmul(a, b, options) {
    const left = options?.transposeA ? transposed(a) : a;
    const right = options?.transposeB ? b : transposed(b);
    const out = zeros(left.rows, right.rows);
    for (let i = 0; i < left.rows; i++) {
      for (let j = 0; j < right.rows; j++) {
        let sum = 0;
        for (let t = 0; t < left.columns; t++) sum += left.data[i * left.columns + t]! * right.data[j * right.columns + t]!;
        out.data[i * right.rows + j] = sum;
      }
    }
    return out;
  },
  add: (a, b) => broadcast(a, b, (x, y) => x + y),
  subtract: (a, b) => broadcast(a, b, (x, y) => x - y),
  multiply: (a, b) => broadcast(a, b, (x, y) => x * y),
  divide: (a, b) => broadcast(a, b, (x, y) => x / y),
  exp: (a) => mapped(a, Math.exp),
  log: (a) => mapped(a, Math.log),
  square: (a) => mapped(a, (x) => x * x),
  sum: (a, axis) => reduced(a, axis, (values) => values.reduce((sum, value) => sum + value, 0)),
  max: (a, axis) => reduced(a, axis, (values) => values.reduce((most, value) => Math.max(most, value), -Infinity)),
  argmax: (a, axis) => reduced(a, axis, (values) => values.reduce((best, value, index) => (value > values[best]! ? index : best), 0)),
  logSumExp: (a, axis) =>
    reduced(a, axis, (values) => {
      const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
      return max === -Infinity ? max : max + Math.log(values.reduce((sum, value) => sum + Math.exp(value - max), 0));
    }),
  gatherRows(a, rows) {
    const out = zeros(rows.length, a.columns);
    rows.forEach((row, index) => out.data.set(a.data.subarray(row * a.columns, (row + 1) * a.columns), index * a.columns));
    return out;
  },
  joinColumns(parts) {
    const { rows } = parts[0]!;
    const out = zeros(
      rows,
      parts.reduce((sum, part) => sum + part.columns, 0),
    );
    for (let i = 0, to = 0; i < rows; i++) {
      for (const { data, columns } of parts) {
        out.data.set(data.subarray(i * columns, (i + 1) * columns), to);
        to += columns;
      }
    }
    return out;
  },
};

function transposed(a: Matrix): Matrix {
  const out = zeros(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < a.columns; j++) out.data[j * a.rows + i] = a.data[i * a.columns + j]!;
  return out;
}

function mapped(a: Matrix, f: (x: number) => number): Matrix {
  return { data: a.data.map(f), rows: a.rows, columns: a.columns };
}

function broadcast(a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix {
  const out = zeros(Math.max(a.rows, b.rows), Math.max(a.columns, b.columns));
  const at = (m: Matrix, i: number, j: number): number => m.data[(m.rows === 1 ? 0 : i) * m.columns + (m.columns === 1 ? 0 : j)]!;
  for (let i = 0; i < out.rows; i++) for (let j = 0; j < out.columns; j++) out.data[i * out.columns + j] = f(at(a, i, j), at(b, i, j));
  return out;
}

function reduced(a: Matrix, axis: 0 | 1, f: (values: Float64Array) => number): Matrix {
  const lines = axis === 0 ? transposed(a) : a;
  const data = Float64Array.from({ length: lines.rows }, (_, i) => f(lines.data.subarray(i * lines.columns, (i + 1) * lines.columns)));
  return axis === 0 ? { data, rows: 1, columns: lines.rows } : { data, rows: lines.rows, columns: 1 };
}
