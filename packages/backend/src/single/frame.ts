import { invertLower } from "../algebra/triangular.ts";
import { whiteningOfCovariance } from "../algebra/whitening.ts";

/** Coordinates in which rows keep their digits in single precision: y = A (x − origin), made on the host in float64. */
export interface Frame {
  /** Whether A is a diagonal that standardises (d numbers), rather than a lower triangle that whitens (d×d row-major). */
  readonly independent: boolean;
  readonly factor: Float64Array;
  /** A⁻¹, laid out alike. */
  readonly inverse: Float64Array;
}

/** The two frames of one data set. */
export interface Frames {
  readonly standardised: Frame;
  /** Worked out when it is first asked for. */
  whitened(): Frame;
}

/** What is known about the data when frames are chosen. Any frame gives the same results in exact arithmetic, so rough figures will do. */
export interface Spread {
  /** Length d. */
  readonly variances: Float64Array;
  /** d×d; called at most once. */
  readonly covariance: () => Float64Array;
}

/** Added to the diagonal of a correlation matrix, so that it can be factorised: directions narrower than a thousandth are stretched no further. */
const RIDGE = 1e-6;

/** Frames for data of a known spread. A feature without spread keeps its units. */
export function framesOf({ variances, covariance }: Spread): Frames {
  const d = variances.length;
  const deviations = variances.map((variance) => (variance > 0 && variance < Infinity ? Math.sqrt(variance) : 1));
  const standardised: Frame = { independent: true, factor: deviations.map((value) => 1 / value), inverse: deviations };
  let whitened: Frame | undefined;
  return { standardised, whitened: () => (whitened ??= whiteningFrame(covariance(), deviations, d)) };
}

function whiteningFrame(covariance: Float64Array, deviations: Float64Array, d: number): Frame {
  const correlation = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) correlation[i * d + j] = covariance[i * d + j]! / deviations[i]! / deviations[j]!;
    correlation[i * d + i] = Math.max(covariance[i * d + i]! / deviations[i]! ** 2, RIDGE) + RIDGE;
  }
  const result = whiteningOfCovariance(correlation, d);
  const factor = result.ok ? result.factor : identity(d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) factor[i * d + j]! /= deviations[j]!;
  return { independent: false, factor, inverse: invertLower(factor, d) };
}

function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));
}
