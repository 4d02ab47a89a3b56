import type { Backend } from "@mixtura/backend";
import { defineBackend } from "@mixtura/backend";
import type { Matrix as MlMatrix } from "ml-matrix";
import { mlMatrixPrimitives } from "./primitives.ts";

/**
 * A backend on ml-matrix, in float64, whose handles are ml-matrix's own `Matrix`. Its kernels are all derived from the primitives.
 *
 * @example
 * ```ts
 * const backend = mlMatrixBackend();
 * await using data = await backend.matrix([[1, 2], [3, 4]]);
 * data.handle.get(1, 0) // => 1, relative to the column's mean
 * ```
 */
export function mlMatrixBackend(): Backend<MlMatrix> {
  return defineBackend(mlMatrixPrimitives);
}
