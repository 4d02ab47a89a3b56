export { MinCovDet } from "./robust/min-cov-det/estimator.ts";
export { FittedRobustCovariance } from "./robust/model.ts";
export { MRCD } from "./robust/mrcd/estimator.ts";
export type { CheckedMinCovDetOptions, CheckedMRCDOptions, MinCovDetOptions, MRCDOptions } from "./robust/options.ts";
export { minCovDetOptions, mrcdOptions } from "./robust/options.ts";
export { robustPlugins as plugins } from "./robust/plugins.ts";
