// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { isCleaned } from "./clean/is-cleaned.ts";
export { cleanFitOptions } from "./clean/options.ts";
export type { MixtureView } from "./explain/components.ts";
export type { ExplanationMethod } from "./explain/explanation.ts";
export { explanationMethods } from "./explain/explanation.ts";
export { viewOf } from "./explain/view.ts";
export { mixtureDetectorOptions } from "./mixture-detector/options.ts";
export { looksAmongTraining } from "./threshold/declare.ts";
export type { ThresholdKind } from "./threshold/threshold.ts";
