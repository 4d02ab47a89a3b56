export { ECOD } from "./estimator.ts";
export type { ECODPoint } from "./model.ts";
export { FittedECOD } from "./model.ts";
export type { ECODOptions } from "./options.ts";
export { plugins } from "./plugins.ts";
