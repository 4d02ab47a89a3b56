import type { Rows } from "@mixtura/backend/authoring";
import type { Metric } from "@mixtura/backend/internal/factors";
import type { ResidentRows } from "@mixtura/backend/internal/rows";
import type { Floors } from "../em/floors.ts";

/** Coordinates in which distances between rows mean something. */
export interface SeedingSpace {
  /** How distances are measured in passes over the rows of the fit. */
  readonly metric: Metric;
  /** Rows to draw seeds from, and how distances between them are measured. */
  readonly rows: ResidentRows;
  readonly between: Metric;
  /** Mean variance of a feature in these coordinates. */
  readonly meanVariance: number;
  /** Coordinates of drawn rows, k×d, as passes over the rows of the fit take them. */
  seeds(chosen: Int32Array): Float64Array;
  release(): void;
}

/** Every feature in units of its own standard deviation. */
export function standardisedSpace(rows: Rows, floors: Floors): SeedingSpace {
  const inverseScale = rows.profile.variances.map((variance, j) => 1 / Math.sqrt(variance > 0 ? variance : floors.repair[j]!));
  return inMetric(rows, { shape: "diag", whitening: inverseScale }, 1);
}

/** The data's own units. */
export function plainSpace(rows: Rows): SeedingSpace {
  const { variances } = rows.profile;
  return inMetric(rows, PLAIN, variances.reduce((sum, variance) => sum + variance, 0) / rows.features);
}

/** Distances as they are. */
export const PLAIN: Metric = { shape: "spherical", whitening: Float64Array.of(1) };

function inMetric(rows: Rows, metric: Metric, meanVariance: number): SeedingSpace {
  const sample = rows.sample();
  return { metric, between: metric, rows: sample, meanVariance, seeds: sample.at, release() {} };
}
