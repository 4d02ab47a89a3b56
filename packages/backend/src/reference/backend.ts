import type { Matrix } from "@mixtura/core";
import { completeBackend } from "../complete-backend.ts";
import type { Backend } from "../contract.ts";
import { referenceKernels } from "./kernels.ts";
import { referencePrimitives } from "./primitives.ts";

/**
 * Plain TypeScript in float64, on any JavaScript engine, with nothing to install: the default of small fits, the fallback of all others and
 * the yardstick they are held against.
 *
 * @example
 * ```ts run
 * await using X = await referenceBackend.matrix([[1, 2], [3, 4]]);
 * X.origin // => [2, 3]
 * X.backendName // => "reference"
 * ```
 */
export const referenceBackend: Backend<Matrix> = completeBackend({ ...referencePrimitives, kernels: referenceKernels });
