import type { FitContext, Matrix, MatrixLike } from "@mixtura/core";
import { checkOptions, matrix, toMatrix } from "@mixtura/core";
import { fitMinCovDet } from "../../src/robust/min-cov-det/fit.ts";
import { fitMRCD } from "../../src/robust/mrcd/fit.ts";
import type { CheckedMRCDOptions, CheckedMinCovDetOptions, MinCovDetOptions, MRCDOptions } from "../../src/robust/options.ts";
import { minCovDetOptions, mrcdOptions } from "../../src/robust/options.ts";

export const mcd = (X: MatrixLike, options: MinCovDetOptions = {}, context: FitContext = {}) =>
  fitMinCovDet(X, checkOptions("MinCovDet", minCovDetOptions, options) as unknown as CheckedMinCovDetOptions, undefined, context);

export const mrcd = (X: MatrixLike, options: MRCDOptions = {}, context: FitContext = {}) =>
  fitMRCD(X, checkOptions("MRCD", mrcdOptions, options) as unknown as CheckedMRCDOptions, undefined, context);

/** The listed rows of a matrix. */
export function rowsAt(X: MatrixLike, rows: ArrayLike<number>): Matrix {
  const { data, columns } = toMatrix(X, { caller: "test" });
  const out = new Float64Array(rows.length * columns);
  Array.from(rows).forEach((row, i) => out.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return matrix(out, rows.length, columns);
}

/** The numbers of the rows that a mask marks, from 1. */
export function marked(mask: Uint8Array, value: 0 | 1 = 1): number[] {
  return Array.from(mask.keys())
    .filter((i) => mask[i] === value)
    .map((i) => i + 1);
}
