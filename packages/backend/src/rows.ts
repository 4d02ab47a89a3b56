// The rows of a fit or of a batch, from any source: checked, profiled, uploaded once or read block by block, and passed over.
export type { PassBackend } from "./contract.ts";
export { BACKEND_CONTRACT_VERSION } from "./contract.ts";
export { plainBackend } from "./reference/plain-backend.ts";
export type { FastBackend, FastBackendModule } from "./rows/fast-backend.ts";
export { fastBackend, WORK_PER_PAIR } from "./rows/fast-backend.ts";
export { featureScales } from "./rows/feature-scales.ts";
export type { FitRequest, OpenFit } from "./rows/open-fit.ts";
export { openFit } from "./rows/open-fit.ts";
export type { ColumnProfile, Profiler } from "./rows/profile.ts";
export { createProfiler } from "./rows/profile.ts";
export type { Potentials } from "./rows/potentials.ts";
export type {
  Collector,
  ExtremeRow,
  Extremes,
  KnownReduction,
  Quantiles,
  Reduction,
  RowValue,
  Sum,
  Summand,
  ValueRun,
} from "./rows/reduction.ts";
export { extremes, known, quantiles, sumOf } from "./rows/reduction.ts";
export type { Held } from "./rows/resident-rows.ts";
export { residentRows } from "./rows/resident-rows.ts";
export type { ExpectationRequest, Groups, MomentsRequest, Passes, ResidentRows, Rows } from "./rows/rows.ts";
export type { BackendChoice } from "./rows/take-backend.ts";
export { takeBackend } from "./rows/take-backend.ts";
export { translated } from "./rows/translated.ts";
export { isInRange, outOfRange } from "./rows/variance-range.ts";
