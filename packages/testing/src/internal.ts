// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { dueLaws, judge } from "./law.ts";
export { BACKEND_LAWS } from "./laws/backend/laws.ts";
export type { DataCopy } from "./laws/estimator/data-copy.ts";
export { ESTIMATOR_LAWS } from "./laws/estimator/laws.ts";
