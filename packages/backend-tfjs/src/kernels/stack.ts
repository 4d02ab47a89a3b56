import type { GaussianComponents } from "@mixtura/backend";
import { shapes } from "@mixtura/backend";
import { factorSize } from "@mixtura/backend/internal/factors";

/**
 * All components as one matrix, so that one product whitens the rows for each of them: (W₁; …; W_K) (y − r), with the shifts W (μ − r) in a
 * last column that meets a one below each row.
 */
export interface Stack {
  readonly count: number;
  readonly features: number;
  /** r: a point amid the means that single precision holds exactly. Rows are taken relative to it first, so an offset of all costs no digit. */
  readonly reference: Float32Array;
  /** K·d × (d + 1) */
  readonly factors: Float32Array;
  /** Log-offsets, K; the substitute for −Infinity is lower than any other term. */
  readonly offsets: Float32Array;
  /** What squared distances are cut to, K, so that no term is infinite: twice as much for all but the fallback component, which takes rows out of range. */
  readonly reach: Float32Array;
}

/**
 * A squared distance of more than 2⁶² is out of range: log-densities below −2⁶⁰ are −Infinity, as they would be a little later in any case. It is
 * not later because the largest of numbers below −10²⁰ is −10²⁰ in WebGL.
 */
const LARGEST_SQUARE = 2 ** 62;
const LOWEST_TERM = -(2 ** 60);

/** Puts components one below the other. */
export function stackOf(components: GaussianComponents): Stack {
  const { count, features: d, means, shape: name, shared, whitening, logOffsets } = components;
  const shape = shapes[name];
  const size = factorSize(name, d);
  const reference = amid(means, count, d);
  const factors = new Float32Array(count * d * (d + 1));
  const difference = new Float64Array(d);
  for (let k = 0; k < count; k++) {
    const start = shared ? 0 : k * size;
    for (let j = 0; j < d; j++) difference[j] = means[k * d + j]! - reference[j]!;
    const factor = shape.independent ? shape.diagonal(whitening, start, d) : shape.triangle(whitening, start, d);
    for (let i = 0; i < d; i++) {
      const row = (k * d + i) * (d + 1);
      let shift = 0;
      if (shape.independent) {
        factors[row + i] = factor[i]!;
        shift = factor[i]! * difference[i]!;
      } else {
        for (let j = 0; j <= i; j++) {
          factors[row + j] = factor[i * d + j]!;
          shift += factor[i * d + j]! * difference[j]!;
        }
      }
      factors[row + d] = -shift;
    }
  }
  const fallback = Math.max(
    0,
    logOffsets.findIndex((offset) => offset > -Infinity),
  );
  return {
    count,
    features: d,
    reference,
    factors,
    offsets: Float32Array.from(logOffsets, (offset) => Math.max(offset, -4 * LARGEST_SQUARE)),
    reach: Float32Array.from({ length: count }, (_, k) => (k === fallback ? LARGEST_SQUARE : 2 * LARGEST_SQUARE)),
  };
}

/** A log-density from the device's largest term and the sum of exponentials relative to it. */
export function logDensity(largest: number, sum: number): number {
  return largest <= LOWEST_TERM ? -Infinity : largest + Math.log(sum);
}

/** The mean of the means, rounded to single precision. */
function amid(means: Float64Array, count: number, d: number): Float32Array {
  const middle = new Float64Array(d);
  means.forEach((value, at) => (middle[at % d]! += value / count));
  return Float32Array.from(middle);
}
