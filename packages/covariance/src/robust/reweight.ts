import { chiSquareQuantile } from "@mixtura/distributions";
import { inStrides } from "@mixtura/core/authoring";
import type { Sample, Spread } from "./concentrate/sample.ts";
import { spreadOf } from "./concentrate/sample.ts";
import type { Correction } from "./correction.ts";
import { consistencyFactor, smallSampleFactor } from "./correction.ts";

/** Rows whose corrected distance lies below this quantile count in the reweighted estimate. */
const KEPT_FRACTION = 0.975;

/** Mean and covariance of the rows that a raw estimate does not call outliers. */
export interface Reweighted extends Spread {
  /** 0 for the rows that count, −1 for the others. */
  readonly labels: Int32Array;
  readonly correction: Correction;
}

/**
 * The rows within the χ² quantile of a raw estimate, their mean and their covariance: nearly as efficient as those of clean data, and as robust as
 * the raw ones.
 *
 * @param distances squared, under the uncorrected raw estimate
 * @param raw what corrects it
 * @param fraction h as a fraction
 */
export async function reweighted(
  sample: Sample,
  distances: Float64Array,
  location: Float64Array,
  raw: Correction,
  fraction: number,
): Promise<Reweighted> {
  const { rows: n, columns: p, pace } = sample;
  const edge = chiSquareQuantile(KEPT_FRACTION, p) * raw.consistency * raw.smallSample;
  const labels = new Int32Array(n);
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) labels[i] = distances[i]! < edge ? 0 : -1;
  });
  const spread = await spreadOf(sample, labels, location);
  const correction = {
    consistency: consistencyFactor(spread.count / n, p),
    smallSample: smallSampleFactor("reweighted", p, n, fraction),
  };
  return { ...spread, labels, correction };
}
