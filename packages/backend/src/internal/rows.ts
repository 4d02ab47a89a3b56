// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export type { PassBackend } from "../contract.ts";
export { plainBackend } from "../reference/plain-backend.ts";
export type { FastBackendModule } from "../rows/fast-backend.ts";
export { fastBackend, WORK_PER_PAIR } from "../rows/fast-backend.ts";
export { featureScales } from "../rows/feature-scales.ts";
export type { FitRequest, OpenFit } from "../rows/open-fit.ts";
export { openFit } from "../rows/open-fit.ts";
export { createProfiler } from "../rows/profile.ts";
export { extremes, quantiles, sumOf } from "../rows/reduction.ts";
export { residentRows } from "../rows/resident-rows.ts";
export type { Passes, ResidentRows } from "../rows/rows.ts";
export { takeBackend } from "../rows/take-backend.ts";
export { translated } from "../rows/translated.ts";
export { isInRange, outOfRange } from "../rows/variance-range.ts";
export type { BatchWork } from "../rows/with-rows.ts";
export { emptyMoments } from "../moments.ts";
export { scatters } from "../scatters/table.ts";
export { shiftMoments } from "../shift-moments.ts";
