import type { Metric } from "@mixtura/backend";
import type { Floors } from "../em/floors.ts";
import type { RowSet } from "../em/rows.ts";
import type { SeedingRows } from "./k-means-plus-plus.ts";
import { rowsAt } from "./k-means-plus-plus.ts";

/** Coordinates in which distances between rows mean something. */
export interface SeedingSpace {
  /** The same distances for passes over rows. */
  readonly metric: Metric;
  /** Rows to draw seeds from. */
  readonly rows: SeedingRows;
  /** Mean variance of a feature in these coordinates. */
  readonly meanVariance: number;
  /** Coordinates of drawn rows, k×d, in the data's own units. */
  seeds(chosen: Int32Array): Float64Array;
}

/** Every feature in units of its own standard deviation. */
export function standardisedSpace<H>({ sample, survey }: RowSet<H>, floors: Floors): SeedingSpace {
  const inverseScale = survey.variances.map((variance, j) => 1 / Math.sqrt(variance > 0 ? variance : floors.repair[j]!));
  return {
    metric: { shape: "diag", whitening: inverseScale },
    rows: { ...sample, inverseScale },
    meanVariance: 1,
    seeds: (chosen) => rowsAt(sample.host, chosen),
  };
}

/** The data's own units. */
export function plainSpace<H>({ sample, survey, features }: RowSet<H>): SeedingSpace {
  return {
    metric: { shape: "spherical", whitening: Float64Array.of(1) },
    rows: sample,
    meanVariance: survey.variances.reduce((sum, variance) => sum + variance, 0) / features,
    seeds: (chosen) => rowsAt(sample.host, chosen),
  };
}
