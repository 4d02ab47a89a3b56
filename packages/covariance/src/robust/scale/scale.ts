import { normalQuantile } from "@mixtura/distributions";
import { select } from "../order/select.ts";
import { qnFor } from "./qn.ts";
import { tauScale } from "./tau.ts";

/** A robust scale estimator: 0 where more than half of the values are equal. What it is given is left alone. */
export type Scale = (values: Float64Array) => number;

/** From this number of values on, Qn gives way to the τ-scale, which is faster. */
const MANY = 1000;

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

/** A value that this fraction of a column holds makes four fifths of the smallest differences between its values among which Qn looks. */
const TIED = 0.45;

/** The value that more than 45 % of the values are equal to, the most frequent of two; nothing where there is none. */
export function mostTied(values: Float64Array, scratch: Float64Array): number | undefined {
  const n = values.length;
  scratch.set(values);
  // A run of so many of the sorted values covers one of these places.
  const candidates = [1, 2].map((times) => select(scratch, Math.floor(times * TIED * n), 0, n - 1));
  let most: number | undefined;
  let times = Math.floor(TIED * n);
  for (const candidate of candidates) {
    let count = 0;
    for (let i = 0; i < n; i++) if (values[i] === candidate) count++;
    if (count > times) [most, times] = [candidate, count];
  }
  return most;
}

/**
 * The scale of values many of which are equal: the middle one of the deviations that there are, in units of what a normal variable deviates by as rarely.
 * Where all deviate it is the median absolute deviation; how few deviate makes no value an outlier, and no far value makes the unit of all others.
 *
 * With a fraction s of the values deviating, s/2 do by more than the middle one, as |Z| does by more than Φ⁻¹(1 − s/4): 1 at 0/1 counts as 1.2 to 2.8 deviations for
 * fractions from one half to a hundredth.
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
  return count === 0 ? 0 : select(deviations, (count - 1) >> 1, 0, count - 1) / normalQuantile(1 - count / values.length / 4);
}
