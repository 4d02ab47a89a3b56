import type { GaussianComponents } from "../components.ts";
import { factorSize } from "../components.ts";
import type { Moments } from "../moments.ts";
import { rawSize } from "../scatters/second-moments.ts";
import { scatters } from "../scatters/table.ts";
import { shapes } from "../shapes/table.ts";

/** The largest error that is accepted: the limit that the conformance tests set for every float32 backend. */
export const LARGEST_ERROR = 1e-4;

/**
 * How coarse the grid of single precision may be, in standard deviations of a component. Rows lie on the grid, so a mean can be off by as much,
 * and a log-density by its square.
 */
export const COARSEST_GRID = 2 ** -10;

/** How little of a sum may be left as a variance: of a millionth of the sum that is not known, a ten-thousandth of the variance. */
export const LEAST_LEFT = 2 ** -7;

/** Half the distance of 1 to the next number of single precision. */
const FLOAT32_ROUNDING = 2 ** -24;

/** A component with a smaller fraction of the sample is not judged by it: too few rows for an error estimate. */
const SMALLEST_MASS = 2 ** -6;

/**
 * How far, in its own standard deviations, rows of the component with the finest structure can be off for lying on single precision's grid.
 *
 * A row near μ is off by up to 2⁻²⁴ |yⱼ| in each coordinate, with |yⱼ| about |μⱼ| + 1 in coordinates where the data have unit variance. The
 * whitening factor W turns that into standard deviations.
 *
 * @param components in a frame
 */
export function gridOf({ count, features: d, means, shape: name, shared, whitening }: GaussianComponents): number {
  const size = factorSize(name, d);
  const shape = shapes[name];
  let coarsest = 0;
  for (let k = 0; k < count; k++) {
    const start = shared ? 0 : k * size;
    const factor = shape.independent ? shape.diagonal(whitening, start, d) : shape.triangle(whitening, start, d);
    for (let i = 0; i < d; i++) {
      let sum = 0;
      if (shape.independent) sum = factor[i]! * (Math.abs(means[k * d + i]!) + 1);
      else for (let j = 0; j <= i; j++) sum += Math.abs(factor[i * d + j]!) * (Math.abs(means[k * d + j]!) + 1);
      coarsest = Math.max(coarsest, sum);
    }
  }
  return coarsest * FLOAT32_ROUNDING;
}

/**
 * The error of moments, found on a sample: the largest of the log-likelihood's, of masses as fractions of the total, of first moments as fractions of
 * the whole times the data's deviation, and of second moments relative to the variances.
 *
 * @param found with the base of a scatter, as `right` is
 * @param deviations the data's, length d
 * @param nats whether log-likelihoods are in nats, so that an error below one nat per unit of weight is small; else they are relative
 */
export function momentsError(found: Moments, right: Moments, deviations: Float64Array, nats: boolean): number {
  const { weight, features: d, count, scatter } = right;
  if (weight === 0) return 0;
  const worst = createWorst();
  worst.note(found.logLikelihood, right.logLikelihood, Math.max(nats ? weight : 0, Math.abs(right.logLikelihood)));
  for (let k = 0; k < count; k++) worst.note(found.s0[k]!, right.s0[k]!, weight);
  right.s1.forEach((value, at) => worst.note(found.s1[at]!, value, weight * deviations[at % d]!));
  right.radialMass?.forEach((value, k) => worst.note(found.radialMass![k]!, value, weight));
  right.extra?.forEach((value, at) => worst.note(found.extra![at]!, value, Math.max(weight, Math.abs(value))));
  const { raw, pooled } = scatters[scatter];
  const size = rawSize(raw, d);
  right.S2.forEach((value, at) => {
    const k = Math.floor(at / size);
    if (!pooled && right.s0[k]! < SMALLEST_MASS * weight) return;
    const variance = (j: number): number => right.S2[k * size + j * (d + 1)]!;
    const scale = raw === "products" ? Math.sqrt(variance(Math.floor((at % size) / d)) * variance(at % d)) : value;
    if (scale > 0) worst.note(found.S2[at]!, value, scale);
  });
  return worst.error();
}

/** The largest error of log-densities or responsibilities found on a sample, relative where they are above 1. */
export function logsError(found: ArrayLike<number>, right: ArrayLike<number>): number {
  return numbersError(found, right, 1);
}

/** The largest error of squared distances found on a sample, relative where they are above their mean. */
export function squaresError(found: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < right.length; i++) sum += right[i]!;
  return numbersError(found, right, sum / right.length);
}

function numbersError(found: ArrayLike<number>, right: ArrayLike<number>, least: number): number {
  const worst = createWorst();
  for (let i = 0; i < right.length; i++) worst.note(found[i]!, right[i]!, Math.max(least, Math.abs(right[i]!)));
  return worst.error();
}

/** Keeps the largest difference. Infinities that agree are none; a number that is none is an infinite one. */
function createWorst() {
  let worst = 0;
  return {
    note(found: number, right: number, scale: number): void {
      const error = found === right ? 0 : Math.abs(found - right) / scale;
      if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
    },
    error: (): number => worst,
  };
}
