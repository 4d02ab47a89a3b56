import { integrate, normalPdf } from "@mixtura/distributions";
import { roughRectangle } from "./bivariate.ts";
import type { Demand } from "./reach.ts";
import { FARTHEST, reachOf } from "./reach.ts";

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
  // Correlations of a covariance that is all but singular may round to 1.
  const spread = (i: number): number => Math.sqrt(Math.max((1 - r(outer, i)) * (1 + r(outer, i)), Number.EPSILON));
  const [spreadP, spreadQ] = [spread(p), spread(q)];
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
  const demands: Demand[] = [
    { slope: r(outer, p), spread: spreadP, lower: lower[p]!, upper: upper[p]! },
    { slope: r(outer, q), spread: spreadQ, lower: lower[q]!, upper: upper[q]! },
    differenceOf(
      { slope: r(outer, p) / spreadP, lower: lower[p]! / spreadP, upper: upper[p]! / spreadP },
      { slope: r(outer, q) / spreadQ, lower: lower[q]! / spreadQ, upper: upper[q]! / spreadQ },
      partial,
    ),
  ];
  const { from, to } = reachOf({ from: Math.max(lower[outer]!, -FARTHEST), to: Math.min(upper[outer]!, FARTHEST) }, demands);
  if (!(to > from)) return { value: 0, error: 0 };
  const narrowest = Math.min(1, ...demands.map(({ slope, spread: own }) => (slope === 0 ? 1 : own / Math.abs(slope))));
  return integrate(inside, from, to, { absolute: 1e-14, relative: 0 }, to - from > 18 * narrowest ? 16 : 4);
}

/**
 * What the bounds of two variables of unit spread say about their difference, or about their sum where they go against each other: all but equal
 * variables must lie in both intervals at once.
 */
function differenceOf(a: Omit<Demand, "spread">, b: Omit<Demand, "spread">, correlation: number): Demand {
  const spread = Math.sqrt(2 * Math.max(1 - Math.abs(correlation), Number.EPSILON));
  return correlation > 0
    ? { slope: a.slope - b.slope, spread, lower: a.lower - b.upper, upper: a.upper - b.lower }
    : { slope: a.slope + b.slope, spread, lower: a.lower + b.lower, upper: a.upper + b.upper };
}
