import { componentLaws } from "./kernels-components.ts";
import { conductLaws } from "./kernels-conduct.ts";
import { farLaws } from "./kernels-far.ts";
import { momentLaws } from "./kernels-moments.ts";
import { outputLaws } from "./kernels-outputs.ts";
import { potentialLaws } from "./kernels-potentials.ts";
import { rowLaws } from "./kernels-rows.ts";
import { arithmeticLaws } from "./primitives-arithmetic.ts";
import { handleLaws } from "./primitives-handles.ts";
import type { BackendLaw } from "./subject.ts";

/** Every law of the backend contract. */
export const BACKEND_LAWS: readonly BackendLaw[] = [
  ...arithmeticLaws,
  ...handleLaws,
  ...momentLaws,
  ...outputLaws,
  ...potentialLaws,
  ...componentLaws,
  ...rowLaws,
  ...farLaws,
  ...conductLaws,
];
