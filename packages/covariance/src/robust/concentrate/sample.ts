import { centroidComponents } from "@mixtura/backend/internal/factors";
import type { PassBackend, ResidentRows } from "@mixtura/backend/internal/rows";
import { residentRows } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";

/** Rows that a search goes through again and again: as numbers, and as passes over them. */
export interface Sample extends Matrix {
  readonly passes: ResidentRows;
  readonly pace: Pace;
}

/** Rows to be passed over on a backend. Whoever opens a sample releases it. */
export function openSample({ data, rows, columns }: Matrix, backend: PassBackend, pace: Pace): Sample {
  const host = { data, rows, columns };
  return { ...host, pace, passes: residentRows({ backend, host, weights: undefined, origin: new Float64Array(columns), pace }) };
}

/** Frees what {@link openSample} took. */
export function releaseSample({ passes }: Sample): void {
  passes.release();
}

/** ‖W (z − location)‖² of each row. */
export function squaredDistances({ passes }: Sample, { location, whitening }: Shape): Promise<Float64Array> {
  return passes.squaredMahalanobis(centroidComponents(location, 1, { shape: "full", whitening }));
}

/** A place and a way to measure distances from it. */
export interface Shape {
  readonly location: Float64Array;
  /** p×p lower triangular. */
  readonly whitening: Float64Array;
}

/** Mean and covariance of some rows. */
export interface Spread {
  readonly count: number;
  readonly location: Float64Array;
  /** p×p; divided by the number of rows less one. */
  readonly covariance: Float64Array;
}

/** A mean this many standard deviations from where the moments were taken costs digits: they are taken again. */
const FAR_SCALES = 1e3;

/**
 * Mean and covariance of the rows with label 0, or of all.
 *
 * @param centre where the mean is expected
 */
export async function spreadOf(sample: Sample, labels: Int32Array | undefined, centre: Float64Array): Promise<Spread> {
  const spread = await spreadAbout(sample, labels, centre);
  const { location, covariance } = spread;
  const p = sample.columns;
  const far = location.some((value, j) => Math.abs(value - centre[j]!) > FAR_SCALES * Math.sqrt(covariance[j * p + j]!));
  return far ? spreadAbout(sample, labels, location) : spread;
}

async function spreadAbout({ passes, columns: p }: Sample, labels: Int32Array | undefined, centre: Float64Array): Promise<Spread> {
  const centres = centre.slice();
  const { s0, s1, S2 } = await passes.moments(labels === undefined ? {} : { labels }, { centres, scatter: "full" });
  const count = s0[0]!;
  const shift = s1.map((sum) => sum / count);
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (S2[i * p + j]! - count * shift[i]! * shift[j]!) / Math.max(1, count - 1);
      covariance[i * p + j] = covariance[j * p + i] = i === j ? Math.max(0, value) : value;
    }
  }
  return { count, location: centres.map((value, j) => value + shift[j]!), covariance };
}
