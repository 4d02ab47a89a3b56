// What authors of estimators build with: the class of an estimator from its mathematics, the base of fitted models, and their JSON.
export type {
  ConfiguredEstimator,
  EstimatorClass,
  EstimatorDefinition,
  Split,
  SteppedEstimator,
  SteppedEstimatorDefinition,
} from "./authoring/define-estimator.ts";
export { defineEstimator, estimatorClass, pluginOf } from "./authoring/define-estimator.ts";
export type { FitJob, IterativeTraceFacts, RowsInMemory, RowsRead, TraceFacts } from "./authoring/fit-job.ts";
export { batchRows, valueOfEachRow } from "./authoring/batch-rows.ts";
export { forEachRow } from "./authoring/for-each-row.ts";
export { ModelBase } from "./authoring/model-base.ts";
export type { ModelRecord } from "./authoring/record.ts";
export { readModel, readParametersOf, UNFITTED, writeModel } from "./authoring/record.ts";
export type { FitState } from "./authoring/states.ts";
export { invalidField } from "./model-json.ts";
export type { Present } from "./present.ts";
export { present } from "./present.ts";
export { changedOptions, checksumOf } from "./provenance.ts";
export { iterativeTraceFromJSON, traceFromJSON, traceToJSON } from "./trace-json.ts";
