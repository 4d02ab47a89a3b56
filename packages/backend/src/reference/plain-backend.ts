import type { Matrix } from "@mixtura/core";
import type { PassBackend } from "../contract.ts";
import { referenceKernels } from "./kernels.ts";
import { plainRows } from "./plain-rows.ts";

/** As much of the reference backend as a fit uses, for fits that nobody gave a backend: programs do without the other primitives. */
export const plainBackend: PassBackend<Matrix> = Object.freeze({ ...plainRows, kernels: referenceKernels });
