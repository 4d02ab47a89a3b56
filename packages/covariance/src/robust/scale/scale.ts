import { qn } from "./qn.ts";
import { tauScale } from "./tau.ts";

/** A robust scale estimator: 0 where more than half of the values are equal. What it is given is left alone. */
export type Scale = (values: Float64Array) => number;

/** From so many values on, Qn gives way to the τ-scale, which is faster. */
const MANY = 1000;

/** √(π/2): makes the mean absolute deviation the standard deviation of normal data. */
const MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

/** The estimator for columns of so many values. */
export function scaleFor(count: number): Scale {
  if (count < MANY) return qn;
  const scratch = new Float64Array(count);
  return (values) => tauScale(values, scratch);
}

/** The mean absolute deviation from a centre, as a standard deviation: above 0 as soon as one value differs. */
export function meanDeviation(values: Float64Array, centre: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]! - centre) / values.length;
  return MEAN_DEVIATION * sum;
}
