// What authors of estimators build with that walk their rows on a backend, and authors of sources that answer for rows.
export type { OnBackend } from "./authoring/define-estimator.ts";
export { defineBackendEstimator } from "./authoring/define-estimator.ts";
export { BackendModelBase } from "./authoring/model-base.ts";
export { readBy } from "./authoring/rows-read.ts";
export type { ColumnProfile } from "./rows/profile.ts";
export type { Reduction } from "./rows/reduction.ts";
export { known } from "./rows/reduction.ts";
export type { ExpectationRequest, MomentsRequest, Rows } from "./rows/rows.ts";
export type { BackendChoice } from "./rows/take-backend.ts";
