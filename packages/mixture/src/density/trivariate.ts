import { integrate, normalPdf } from "@mixtura/distributions";
import { roughRectangle } from "./bivariate.ts";

/** Farther out the normal density is 0 in doubles. */
const FARTHEST = 38.5;

/**
 * Probability of a box under three standard normal variables: ∫ φ(x) P(rectangle | x) dx over the variable that is correlated least with the
 * others, by adaptive quadrature. Absolute error below 1e-13 unless the other two are all but one.
 *
 * @param correlation 3×3, positive definite
 */
export function trivariateBox(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  correlation: Float64Array,
): { value: number; error: number } {
  const r = (i: number, j: number): number => correlation[3 * i + j]!;
  const strength = (i: number): number => Math.max(...[0, 1, 2].filter((j) => j !== i).map((j) => Math.abs(r(i, j))));
  const outer = [0, 1, 2].reduce((best, i) => (strength(i) < strength(best) ? i : best), 0);
  const [p, q] = [0, 1, 2].filter((i) => i !== outer) as [number, number];
  const spreadP = Math.sqrt((1 - r(outer, p)) * (1 + r(outer, p)));
  const spreadQ = Math.sqrt((1 - r(outer, q)) * (1 + r(outer, q)));
  const partial = Math.min(1, Math.max(-1, (r(p, q) - r(outer, p) * r(outer, q)) / (spreadP * spreadQ)));
  const inside = (x: number): number => {
    const height = normalPdf(x);
    if (height === 0) return 0;
    const [shiftP, shiftQ] = [r(outer, p) * x, r(outer, q) * x];
    return (
      height *
      roughRectangle(
        {
          lower: [(lower[p]! - shiftP) / spreadP, (lower[q]! - shiftQ) / spreadQ],
          upper: [(upper[p]! - shiftP) / spreadP, (upper[q]! - shiftQ) / spreadQ],
        },
        partial,
      )
    );
  };
  const from = Math.max(lower[outer]!, -FARTHEST);
  const to = Math.min(upper[outer]!, FARTHEST);
  return to > from ? integrate(inside, from, to, { absolute: 1e-14, relative: 0 }, from < -9 || to > 9 ? 16 : 4) : { value: 0, error: 0 };
}
