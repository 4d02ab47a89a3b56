import { conductLaws } from "./kernels-conduct.ts";
import { edgeLaws } from "./kernels-edges.ts";
import { momentLaws } from "./kernels-moments.ts";
import { outputLaws } from "./kernels-outputs.ts";
import { arithmeticLaws } from "./primitives-arithmetic.ts";
import { handleLaws } from "./primitives-handles.ts";
import type { BackendLaw } from "./subject.ts";

/** Every law of the backend contract. */
export const BACKEND_LAWS: readonly BackendLaw[] = [...arithmeticLaws, ...handleLaws, ...momentLaws, ...outputLaws, ...edgeLaws, ...conductLaws];
