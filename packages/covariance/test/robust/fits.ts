import type { FitContext, Matrix, MatrixLike } from "@mixtura/core";
import { matrix, toMatrix } from "@mixtura/core";
import type { MinCovDetOptions, MRCDOptions } from "../../src/index.ts";
import { MinCovDet, MRCD } from "../../src/index.ts";

/** A fit of MinCovDet. */
export const mcd = (X: MatrixLike, options: MinCovDetOptions = {}, context: FitContext = {}) => new MinCovDet(options).fit(X, context);

/** A fit of MRCD. */
export const mrcd = (X: MatrixLike, options: MRCDOptions = {}, context: FitContext = {}) => new MRCD(options).fit(X, context);

/** The listed rows of a matrix. */
export function rowsAt(X: MatrixLike, rows: ArrayLike<number>): Matrix {
  const { data, columns } = toMatrix(X, { caller: "test" });
  const out = new Float64Array(rows.length * columns);
  Array.from(rows).forEach((row, i) => out.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return matrix(out, rows.length, columns);
}

/** The numbers of the rows that a mask marks, from 1. */
export function marked(mask: Uint8Array | undefined, value: 0 | 1 = 1): number[] {
  return Array.from(mask!.keys())
    .filter((i) => mask![i] === value)
    .map((i) => i + 1);
}
