import { congruence } from "../algebra/congruence.ts";
import type { GaussianComponents } from "../components.ts";
import { factorSize } from "../components.ts";
import type { Moments } from "../moments.ts";
import { scatters } from "../scatters/table.ts";
import { shapes } from "../shapes/table.ts";

/** The covariance of a component with a smaller fraction of the rows is not examined. */
const LEAST_MASS = 2 ** -30;
/** A direction that was narrower than this, in units of the data's variance, is held up by the regularisation rather than by rows. */
const LEAST_RATIO = 2 ** -13;

/**
 * The least variance that an M-step makes of these moments, relative to what was summed for it. Single precision knows sums to a millionth: a
 * variance that is a hundredth of them is known to a ten-thousandth, and one that is nearly nothing of them not at all. So it goes when a wide
 * component collapses on rows that lie in a plane, or moves far.
 *
 * @param moments in a frame, with the base of a scatter
 * @param components that the moments are of, in the same frame; absent where rows were labelled
 * @remarks O(k·d³) for full scatter.
 */
export function shrinkage(moments: Moments, components?: GaussianComponents): number {
  const { scatter, count, features: d, s0, s1, S2, weight } = moments;
  const { raw, pooled } = scatters[scatter];
  const masses = moments.radialMass ?? s0;
  if (raw === "nothing") return 1;
  let least = 1;
  if (raw === "squares") {
    S2.forEach((square, at) => {
      const mass = masses[Math.floor(at / d)]!;
      if (mass > LEAST_MASS * weight && square / mass > LEAST_RATIO) least = Math.min(least, 1 - s1[at]! ** 2 / mass / square);
    });
    return least;
  }
  for (let block = 0; block < (pooled ? 1 : count); block++) {
    const mass = pooled ? weight : masses[block]!;
    if (!(mass > LEAST_MASS * weight)) continue;
    const sums = S2.slice(block * d * d, (block + 1) * d * d);
    const own = sums.slice();
    for (let k = pooled ? 0 : block; k < (pooled ? count : block + 1); k++) takeShift(own, s1.subarray(k * d, (k + 1) * d), masses[k]!, d);
    least = Math.min(least, leastPivot(own, sums, whiteningOf(components, block, d), d));
  }
  return least;
}

/** Takes off a scatter what the shift of one mean explains. */
function takeShift(scatter: Float64Array, s1: Float64Array, s0: number, d: number): void {
  if (!(s0 > 0)) return;
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) scatter[i * d + j]! -= (s1[i]! / s0) * s1[j]!;
}

/** A block's whitening factor as a d×d lower triangle; the unit matrix where rows were labelled. */
function whiteningOf(components: GaussianComponents | undefined, block: number, d: number): Float64Array {
  if (components === undefined) return shapes.diag.triangle(new Float64Array(d).fill(1), 0, d);
  const { shape, shared, whitening } = components;
  return shapes[shape].triangle(whitening, shared ? 0 : block * factorSize(shape, d), d);
}

/** The least pivot of the Cholesky factorisation of W own Wᵀ, relative to the diagonal of W sums Wᵀ, among directions above {@link LEAST_RATIO}. */
function leastPivot(own: Float64Array, sums: Float64Array, whitening: Float64Array, d: number): number {
  const [a, whole] = [new Float64Array(d * d), new Float64Array(d * d)];
  congruence(whitening, own, 0, a, 0, d);
  congruence(whitening, sums, 0, whole, 0, d);
  let least = 1;
  for (let i = 0; i < d; i++) {
    let pivot = a[i * (d + 1)]!;
    for (let j = 0; j < i; j++) {
      let value = a[i * d + j]!;
      for (let t = 0; t < j; t++) value -= a[i * d + t]! * a[j * d + t]!;
      const above = a[j * (d + 1)]!;
      a[i * d + j] = above > 0 ? value / above : 0;
      pivot -= a[i * d + j]! ** 2;
    }
    a[i * (d + 1)] = pivot > 0 ? Math.sqrt(pivot) : 0;
    let square = 0;
    for (let t = 0; t <= i; t++) square += whitening[i * d + t]! ** 2;
    if (1 / square > LEAST_RATIO && whole[i * (d + 1)]! > 0) least = Math.min(least, pivot / whole[i * (d + 1)]!);
  }
  return least;
}
