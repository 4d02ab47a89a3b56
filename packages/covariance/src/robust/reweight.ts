import { chiSquareQuantile } from "@mixtura/distributions";
import { inStrides } from "@mixtura/core/authoring";
import { whitened } from "./concentrate/concentrate.ts";
import type { Sample, Spread } from "./concentrate/sample.ts";
import { spreadOf, squaredDistances } from "./concentrate/sample.ts";
import type { Correction } from "./correction.ts";
import { consistencyFactor, NO_CORRECTION, smallSampleFactor } from "./correction.ts";
import { cleanFraction } from "./clean-fraction.ts";
import type { CorrectionRule } from "./options.ts";

/** Rows whose corrected distance lies below this quantile count in the reweighted estimate. */
const KEPT_FRACTION = 0.975;
/** How often rows are weighed at most. Each time leaves about a third of what the estimate before was too wide. */
const MOST_ROUNDS = 3;

/** Mean and covariance of the rows that an estimate before it does not call outliers. */
export interface Reweighted extends Spread {
  /** 0 for the rows that count, −1 for the others. */
  readonly labels: Int32Array;
  readonly correction: Correction;
}

/** What rows are weighed by: squared distances under an estimate, and what corrects its covariance. */
interface Measured {
  readonly distances: Float64Array;
  readonly location: Float64Array;
  readonly correction: Correction;
}

/** How rows are weighed. */
interface Weighing {
  /** h as a fraction. */
  readonly fraction: number;
  readonly rule: CorrectionRule;
  /**
   * The matrix that distances are taken by, from the covariance of the rows that count and its factor for many rows: what is returned for a covariance
   * too, corrections included. Absent: the covariance itself, before its correction.
   */
  readonly matrixOf?: (covariance: Float64Array, consistency: number) => Float64Array;
}

/**
 * The rows within the χ² quantile of an estimate, their mean and their covariance: nearly as efficient as those of clean data, and as robust as the
 * raw ones that they begin with.
 *
 * The raw covariance is made consistent as if all rows outside the subset were the outer ones of one normal distribution. Where some are outliers it is
 * too large, and so is the cut-off that it gives: rows are weighed again by the covariance that they made, until the same rows count.
 *
 * @param raw of the subset, before its correction
 * @returns nothing where the rows that count do not span all directions
 */
export async function reweighted(sample: Sample, raw: Measured, { fraction, rule, matrixOf }: Weighing): Promise<Reweighted | undefined> {
  const { rows: n, columns: p } = sample;
  const rounds = rule === "robustbase" ? 1 : MOST_ROUNDS;
  const smallSample = matrixOf === undefined ? smallSampleFactor("reweighted", p, n, fraction) : 1;
  let measured = raw;
  let found: Reweighted | undefined;
  for (let round = 1; ; round++) {
    const labels = await withinQuantile(sample, measured);
    if (found !== undefined && sameRows(found.labels, labels)) return found;
    const spread = await spreadOf(sample, labels, measured.location);
    // Rows that came to be a minority would be a clump within the subset, not the bulk of the rows.
    if (found !== undefined && spread.count < KEPT_FRACTION * (n / 2)) return found;
    const kept = rule === "robustbase" ? spread.count / n : cleanFraction(KEPT_FRACTION, spread.count, n);
    const correction = spread.count === n ? NO_CORRECTION : { consistency: consistencyFactor(kept, p), smallSample };
    const covariance = matrixOf?.(spread.covariance, correction.consistency) ?? spread.covariance;
    const shape = whitened(covariance, p);
    // The farthest rows of the subset may be too far for the quantile; of few rows, the others need not span all directions.
    if (shape === undefined) return found;
    found = { ...spread, covariance, labels, correction };
    if (round === rounds) return found;
    const { location } = spread;
    const distances = await squaredDistances(sample, { location, whitening: shape.whitening });
    measured = { distances, location, correction: matrixOf === undefined ? correction : NO_CORRECTION };
  }
}

/** 0 for the rows whose corrected distance lies below the quantile, −1 for the others. */
async function withinQuantile({ rows: n, columns: p, pace }: Sample, { distances, correction }: Measured): Promise<Int32Array> {
  const edge = chiSquareQuantile(KEPT_FRACTION, p) * correction.consistency * correction.smallSample;
  const labels = new Int32Array(n);
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) labels[i] = distances[i]! < edge ? 0 : -1;
  });
  return labels;
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  return a.every((label, i) => label === b[i]);
}
