export { ECOD } from "./estimator.ts";
export type { ECODPoint, JudgedRows } from "./model.ts";
export { FittedECOD } from "./model.ts";
export type { CheckedECODOptions, ECODOptions, TailRule } from "./options.ts";
export { ecodOptions, tailRules } from "./options.ts";
export { plugins } from "./plugins.ts";
