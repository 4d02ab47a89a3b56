import { normalCdf, normalInterval, normalPdf, normalQuantile } from "@mixtura/distributions";
import type { StandardBox } from "./gaussian-box.ts";

/** The probability of a box as an integral over the unit cube. */
export interface CubeIntegral {
  /** Coordinates of a point of the cube. */
  readonly dimensions: number;
  /** The integrand, from 0 to 1. */
  at(w: Float64Array): number;
}

/**
 * Genz's transformation: with the Cholesky factor of the correlations, each variable in turn is cut to its interval given those before it, and
 * drawn there by its quantile; the integrand is the product of the intervals' probabilities. The last variable is never drawn.
 *
 * Variables with the least probable intervals come first (given what is expected of those before), so that the product varies little.
 *
 * @see Genz, Numerical computation of multivariate normal probabilities, J. Comput. Graph. Stat. 1 (1992)
 * @see Gibson, Glasbey & Elston, Monte Carlo evaluation of multivariate normal integrals and sensitivity to variate ordering (1994)
 * @see Genz & Bretz, Computation of Multivariate Normal and t Probabilities (2009), §4.1
 */
export function genzIntegral(box: StandardBox): CubeIntegral {
  const { size } = box;
  const { lower, upper, widths, factor } = ordered(box);
  const z = new Float64Array(size);
  return {
    dimensions: size - 1,
    at(w) {
      let product = 1;
      for (let i = 0; i < size; i++) {
        let shift = 0;
        for (let t = 0; t < i; t++) shift += factor[i * size + t]! * z[t]!;
        const pivot = factor[i * size + i]!;
        const a = (lower[i]! - shift) / pivot;
        const b = (upper[i]! - shift) / pivot;
        // In the upper half both ends are taken from above, where their digits are.
        const above = a > 0;
        const near = normalCdf(above ? -a : a);
        const far = normalCdf(above ? -b : b);
        let mass = above ? near - far : far - near;
        // Of a narrow interval the difference has lost its digits.
        if (mass < NARROW * Math.max(near, far)) mass = normalInterval(a, b, widths[i]! / pivot);
        product *= mass;
        if (!(product > 0)) return 0;
        if (i + 1 === size) break;
        const drawn = above ? -normalQuantile(near - w[i]! * mass) : normalQuantile(near + w[i]! * mass);
        z[i] = Math.min(b, Math.max(a, drawn));
      }
      return product;
    },
  };
}

/** An interval that holds less than this fraction of the tail it lies in is integrated. */
const NARROW = 1 / 64;

/** The box with its variables reordered, and the Cholesky factor in that order. O(size³). */
function ordered({
  size: n,
  lower,
  upper,
  widths: unordered,
  correlation,
}: StandardBox): Pick<StandardBox, "lower" | "upper" | "widths"> & { readonly factor: Float64Array } {
  const [a, b, r, widths] = [lower.slice(), upper.slice(), correlation.slice(), unordered.slice()];
  const factor = new Float64Array(n * n);
  const expected = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let [best, least] = [i, Infinity];
    for (let j = i; j < n; j++) {
      const { from, to } = given(j, i);
      const mass = normalInterval(from, to);
      if (mass < least) [best, least] = [j, mass];
    }
    swap(i, best);
    let rest = r[i * n + i]!;
    for (let t = 0; t < i; t++) rest -= factor[i * n + t]! ** 2;
    const pivot = Math.sqrt(Math.max(rest, Number.EPSILON));
    factor[i * n + i] = pivot;
    for (let j = i + 1; j < n; j++) {
      let sum = r[j * n + i]!;
      for (let t = 0; t < i; t++) sum -= factor[j * n + t]! * factor[i * n + t]!;
      factor[j * n + i] = sum / pivot;
    }
    const { from, to } = given(i, i);
    const mass = normalInterval(from, to);
    const mean = (normalPdf(from) - normalPdf(to)) / mass;
    expected[i] = mean >= from && mean <= to ? mean : from > 0 ? from : to;
  }
  return { lower: a, upper: b, widths, factor };

  /** The interval of variable j given what is expected of the first `count`. */
  function given(j: number, count: number): { from: number; to: number } {
    let rest = r[j * n + j]!;
    let shift = 0;
    for (let t = 0; t < count; t++) {
      rest -= factor[j * n + t]! ** 2;
      shift += factor[j * n + t]! * expected[t]!;
    }
    const spread = Math.sqrt(Math.max(rest, Number.EPSILON));
    return { from: (a[j]! - shift) / spread, to: (b[j]! - shift) / spread };
  }

  function swap(i: number, j: number): void {
    if (i === j) return;
    for (const list of [a, b, widths]) [list[i], list[j]] = [list[j]!, list[i]!];
    for (let t = 0; t < n; t++) [r[i * n + t], r[j * n + t]] = [r[j * n + t]!, r[i * n + t]!];
    for (let t = 0; t < n; t++) [r[t * n + i], r[t * n + j]] = [r[t * n + j]!, r[t * n + i]!];
    for (let t = 0; t < n; t++) [factor[i * n + t], factor[j * n + t]] = [factor[j * n + t]!, factor[i * n + t]!];
  }
}
