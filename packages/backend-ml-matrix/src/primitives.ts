import type { Primitives } from "@mixtura/backend";
import { zeros } from "@mixtura/core/internal";
import { Matrix } from "ml-matrix";
import { broadcast } from "./broadcast.ts";

/** The backend contract's primitives in ml-matrix's operations. Memory is the garbage collector's, so scopes and releases have nothing to do. */
export const mlMatrixPrimitives: Primitives<Matrix> = {
  name: "ml-matrix",
  precision: "float64",
  async upload({ data, rows, columns }, options) {
    const out = new Matrix(rows, columns);
    const origin = options?.origin;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) out.set(i, j, data[i * columns + j]! - (origin === undefined ? 0 : origin[j]!));
    }
    return out;
  },
  async download(handle) {
    const { rows, columns } = handle;
    const out = zeros(rows, columns);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out.data[i * columns + j] = handle.get(i, j);
    return out;
  },
  release() {},
  scope: (work) => work(),
  shape: (handle) => [handle.rows, handle.columns],
  matmul(a, b, options) {
    const right = options?.transposeB ? b.transpose() : b;
    return options?.transposeA ? a.transposeMultiply(right) : a.mmul(right);
  },
  add: (a, b) => broadcast(a, b, "add"),
  subtract: (a, b) => broadcast(a, b, "sub"),
  multiply: (a, b) => broadcast(a, b, "mul"),
  divide: (a, b) => broadcast(a, b, "div"),
  exp: (a) => Matrix.exp(a),
  log: (a) => Matrix.log(a),
  square: (a) => Matrix.mul(a, a),
  sum: (a, axis) => vector(a.sum(along(axis)), axis),
  max: (a, axis) => vector(a.max(along(axis)), axis),
  argmax(a, axis) {
    const lines = Array.from({ length: axis === 0 ? a.columns : a.rows }, (_, line) => line);
    return vector(axis === 0 ? lines.map((column) => a.maxColumnIndex(column)[0]) : lines.map((row) => a.maxRowIndex(row)[1]), axis);
  },
  logSumExp(a, axis) {
    // Where the largest term is infinite there is nothing to take out, and ∞ − ∞ would be NaN.
    const shift = vector(
      a.max(along(axis)).map((max) => (Number.isFinite(max) ? max : 0)),
      axis,
    );
    const sums = broadcast(a, shift, "sub").exp().sum(along(axis));
    return vector(sums, axis).log().add(shift);
  },
  gatherRows: (a, rows) => a.selection(Array.from(rows), columnIndices(a)),
  sliceRows: (a, start, end) => (start === end ? new Matrix(0, a.columns) : a.subMatrix(start, end - 1, 0, a.columns - 1)),
  joinColumns(parts) {
    const out = new Matrix(
      parts[0]!.rows,
      parts.reduce((columns, part) => columns + part.columns, 0),
    );
    let column = 0;
    for (const part of parts) {
      out.setSubMatrix(part, 0, column);
      column += part.columns;
    }
    return out;
  },
};

/** ml-matrix names the line that is kept; the contract numbers the axis that is summed away. */
function along(axis: 0 | 1): "row" | "column" {
  return axis === 0 ? "column" : "row";
}

function vector(values: readonly number[], axis: 0 | 1): Matrix {
  return axis === 0 ? Matrix.rowVector(values) : Matrix.columnVector(values);
}

function columnIndices(a: Matrix): number[] {
  return Array.from({ length: a.columns }, (_, column) => column);
}
