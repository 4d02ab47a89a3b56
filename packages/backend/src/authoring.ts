// What authors of estimators build with that walk their rows on a backend.
export type { BackendEstimatorDefinition, OnBackend, SteppedBackendEstimatorDefinition } from "./authoring/define-estimator.ts";
export { defineBackendEstimator } from "./authoring/define-estimator.ts";
export { BackendModelBase } from "./authoring/model-base.ts";
export { readBy } from "./authoring/rows-read.ts";
