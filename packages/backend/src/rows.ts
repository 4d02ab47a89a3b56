// The rows of a fit or of a batch, wherever they come from: checked, surveyed, uploaded once or read block by block, and passed over.
export type { PassBackend } from "./contract.ts";
export { BACKEND_CONTRACT_VERSION } from "./contract.ts";
export { plainBackend } from "./reference/plain-backend.ts";
export type { FastBackend, FastBackendModule } from "./rows/fast-backend.ts";
export { fastBackend, WORK_PER_PAIR } from "./rows/fast-backend.ts";
export { featureScales } from "./rows/feature-scales.ts";
export type { FitRequest, OpenFit } from "./rows/open-fit.ts";
export { openFit } from "./rows/open-fit.ts";
export { openRows } from "./rows/open-rows.ts";
export { labelledMoments } from "./rows/labelled-moments.ts";
export { expectation, merged } from "./rows/passes.ts";
export { isSingle } from "./rows/precise.ts";
export type { OpenOptions, RowChunk, RowSet } from "./rows/rows.ts";
export type { Survey, Surveyor } from "./rows/survey.ts";
export { createSurveyor } from "./rows/survey.ts";
export type { BackendChoice } from "./rows/take-backend.ts";
export { takeBackend } from "./rows/take-backend.ts";
export { translated } from "./rows/translated.ts";
