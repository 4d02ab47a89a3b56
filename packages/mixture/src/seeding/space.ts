import type { Metric } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import type { Floors } from "../em/floors.ts";
import { rowsAt } from "./k-means-plus-plus.ts";
import type { SeedingRows } from "./seeding-rows.ts";
import { seedingRows } from "./seeding-rows.ts";

/** Coordinates in which distances between rows mean something. */
export interface SeedingSpace<H> {
  /** The same distances for passes over rows. */
  readonly metric: Metric;
  /** Rows to draw seeds from. */
  readonly rows: SeedingRows<H>;
  /** Mean variance of a feature in these coordinates. */
  readonly meanVariance: number;
  /** Coordinates of drawn rows, k×d, in the data's own units. */
  seeds(chosen: Int32Array): Float64Array;
}

/** Every feature in units of its own standard deviation. */
export function standardisedSpace<H>(rows: RowSet<H>, floors: Floors): SeedingSpace<H> {
  const inverseScale = rows.survey.variances.map((variance, j) => 1 / Math.sqrt(variance > 0 ? variance : floors.repair[j]!));
  return inMetric(rows, { shape: "diag", whitening: inverseScale }, 1);
}

/** The data's own units. */
export function plainSpace<H>(rows: RowSet<H>): SeedingSpace<H> {
  const { variances } = rows.survey;
  return inMetric(rows, PLAIN, variances.reduce((sum, variance) => sum + variance, 0) / rows.features);
}

/** Distances as they are. */
export const PLAIN: Metric = { shape: "spherical", whitening: Float64Array.of(1) };

function inMetric<H>(rows: RowSet<H>, metric: Metric, meanVariance: number): SeedingSpace<H> {
  return { metric, rows: seedingRows(rows, metric), meanVariance, seeds: (chosen) => rowsAt(rows.sample.host, chosen) };
}
