import type { Primitives } from "@mixtura/backend";
import { matrix } from "@mixtura/core";
import { elementwise, mapped } from "./elementwise.ts";
import type { Handle, Memory } from "./memory.ts";
import { product } from "./product.ts";
import {
  argmax,
  largest,
  logSumExp,
  reduced,
  total,
} from "./reduce.ts";
import { gathered, joined } from "./rows.ts";

/** The operations of the contract on a toy memory. */
export function toyPrimitives(memory: Memory): Primitives<Handle> {
  const { store, read } = memory;
  return {
    name: "toy",
    precision: "float64",
    async upload(m, { origin } = {}) {
      const data = new Float64Array(m.data.length);
      for (let i = 0; i < m.rows; i++) {
        for (let j = 0; j < m.columns; j++)
          data[j * m.rows + i] =
            m.data[i * m.columns + j]! - (origin?.[j] ?? 0);
      }
      return store({ data, rows: m.rows, columns: m.columns });
    },
    async download(handle) {
      const { data, rows, columns } = read(handle);
      return matrix(
        Float64Array.from(
          data,
          (_, at) =>
            data[(at % columns) * rows + Math.floor(at / columns)]!,
        ),
        rows,
        columns,
      );
    },
    release: memory.release,
    scope: memory.scope,
    shape(handle) {
      const { rows, columns } = read(handle);
      return [rows, columns];
    },
    matmul: (a, b, options) =>
      store(product(read(a), read(b), options)),
    add: (a, b) =>
      store(elementwise(read(a), read(b), (x, y) => x + y)),
    subtract: (a, b) =>
      store(elementwise(read(a), read(b), (x, y) => x - y)),
    multiply: (a, b) =>
      store(elementwise(read(a), read(b), (x, y) => x * y)),
    divide: (a, b) =>
      store(elementwise(read(a), read(b), (x, y) => x / y)),
    exp: (a) => store(mapped(read(a), Math.exp)),
    log: (a) => store(mapped(read(a), Math.log)),
    square: (a) => store(mapped(read(a), (x) => x * x)),
    sum: (a, axis) => store(reduced(read(a), axis, total)),
    max: (a, axis) => store(reduced(read(a), axis, largest)),
    argmax: (a, axis) => store(reduced(read(a), axis, argmax)),
    logSumExp: (a, axis) => store(reduced(read(a), axis, logSumExp)),
    gatherRows: (a, rows) => store(gathered(read(a), rows)),
    sliceRows: (a, start, end) =>
      store(
        gathered(
          read(a),
          Int32Array.from(
            { length: end - start },
            (_, row) => start + row,
          ),
        ),
      ),
    joinColumns: (parts) => store(joined(parts.map(read))),
  };
}
