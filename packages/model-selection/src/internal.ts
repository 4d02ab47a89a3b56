// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { criterionNames, selectMixtureOptions } from "./options.ts";
export type { SelectionProgress } from "./selection.ts";
export { stabilityOptions } from "./stability.ts";
export { bootstrapLikelihoodRatioOptions } from "./bootstrap-options.ts";
export { usualCounts } from "./jobs.ts";
export { fitSingle } from "./fit-single.ts";
