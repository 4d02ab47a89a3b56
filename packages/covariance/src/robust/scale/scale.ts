import { select } from "../order/select.ts";
import { qnFor } from "./qn.ts";
import { tauScale } from "./tau.ts";

/** A robust scale estimator: 0 where more than half of the values are equal. What it is given is left alone. */
export type Scale = (values: Float64Array) => number;

/** From this number of values on, Qn gives way to the τ-scale, which is faster. */
const MANY = 1000;

/** √(π/2): makes the mean absolute deviation the standard deviation of normal data. */
const MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

/** Roundings of a column's middle. */
const ROUNDINGS = 8;

/** Deviations up to this are those of rounding. */
export function noiseOf(centre: number): number {
  return ROUNDINGS * Number.EPSILON * Math.abs(centre);
}

/** The estimator for columns of this number of values. */
export function scaleFor(count: number): Scale {
  if (count < MANY) return qnFor(count);
  const scratch = new Float64Array(count);
  return (values) => tauScale(values, scratch);
}

/**
 * The scale of values of which more than half are equal: like the mean absolute deviation, the fraction of values that deviate times how far they do, but
 * the middle one of those deviations and not their mean, so that no far value makes the unit of all others.
 *
 * @returns 0 where nothing deviates but for rounding
 * @remarks O(n).
 */
export function deviationScale(values: Float64Array, centre: number): number {
  const noise = noiseOf(centre);
  const deviations = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = Math.abs(values[i]! - centre);
    if (deviation > noise) deviations[count++] = deviation;
  }
  return count === 0 ? 0 : MEAN_DEVIATION * (count / values.length) * select(deviations, (count - 1) >> 1, 0, count - 1);
}
