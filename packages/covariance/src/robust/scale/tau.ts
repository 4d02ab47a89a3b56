import { normalCdf, normalPdf, normalQuantile } from "@mixtura/distributions";
import { medianInPlace } from "../order/select.ts";

/** Values farther from the median than this number of median absolute deviations do not count towards the centre. */
const CENTRE_REACH = 4.5;
/** Squares are cut off at this number of the same units in the scale. */
const SCALE_REACH = 3;

/** E min(X², c²) of a standard normal X, for c in units of the median absolute deviation: makes the scale the standard deviation of normal data. */
const CONSISTENCY = /* @__PURE__ */ (() => {
  const c = SCALE_REACH * normalQuantile(0.75);
  return 2 * ((1 - c * c) * normalCdf(c) - c * normalPdf(c) + c * c) - 1;
})();

/**
 * The τ-scale: the root of a mean of squares that are cut off, about a centre that far values have no part in. For many values, where Qn takes
 * longer.
 *
 * @param values at least one; left alone
 * @param scratch of the same length, written to
 * @returns 0 where more than half of the values are equal
 * @remarks O(n).
 * @see Maronna & Zamar, Robust estimates of location and dispersion for high-dimensional datasets, Technometrics 44 (2002)
 */
export function tauScale(values: Float64Array, scratch: Float64Array): number {
  const n = values.length;
  scratch.set(values);
  const middle = medianInPlace(scratch, n);
  for (let i = 0; i < n; i++) scratch[i] = Math.abs(values[i]! - middle);
  const deviation = medianInPlace(scratch, n);
  if (!(deviation > 0)) return 0;
  const perReach = 1 / (CENTRE_REACH * deviation);
  let weight = 0;
  let first = 0;
  for (let i = 0; i < n; i++) {
    const difference = values[i]! - middle;
    const x = difference * perReach;
    const square = x * x;
    if (!(square < 1)) continue;
    const w = (1 - square) * (1 - square);
    weight += w;
    first += w * difference;
  }
  const centre = middle + first / weight;
  const cut = SCALE_REACH * SCALE_REACH;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const x = (values[i]! - centre) / deviation;
    sum += Math.min(x * x, cut);
  }
  return deviation * Math.sqrt(sum / (n * CONSISTENCY));
}
