import { greatestOf, leastOf } from "@mixtura/core/internal";
import { integrate, normalPdf } from "@mixtura/distributions";
import { roughRectangle, smallIntegrand } from "./bivariate.ts";
import type { Demand } from "./reach.ts";
import { FARTHEST, panelsOf, reachOf } from "./reach.ts";

/** What digits of a probability count: those after the point, or the first ones. */
export type Digits = "absolute" | "relative";

/** Most that rectangles, which are integrals themselves, are off, as a fraction. */
const RECTANGLE_ERROR = 1e-7;

/**
 * Probability of a box under three standard normal variables: ∫ φ(x) P(rectangle | x) dx over the variable that is correlated least with the
 * others, by adaptive quadrature. Absolute error below 1e-13 unless the other two are all but one.
 *
 * @param correlation 3×3, positive definite
 * @param digits "absolute" as above; "relative" for boxes far out: relative error below 1e-6, at some ten times the cost
 */
export function trivariateBox(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  correlation: Float64Array,
  digits: Digits = "absolute",
): { value: number; error: number } {
  const rectangle = digits === "relative" ? smallIntegrand : roughRectangle;
  const r = (i: number, j: number): number => correlation[3 * i + j]!;
  const strength = (i: number): number => greatestOf([0, 1, 2].filter((j) => j !== i).map((j) => Math.abs(r(i, j))));
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
      rectangle(
        {
          lower: [(lower[p]! - shiftP) / spreadP, (lower[q]! - shiftQ) / spreadQ],
          upper: [(upper[p]! - shiftP) / spreadP, (upper[q]! - shiftQ) / spreadQ],
        },
        partial,
      )
    );
  };
  const demands = [
    demandOf(r(outer, p), spreadP, lower[p]!, upper[p]!),
    demandOf(r(outer, q), spreadQ, lower[q]!, upper[q]!),
    differenceOf(
      demandOf(r(outer, p) / spreadP, 1, lower[p]! / spreadP, upper[p]! / spreadP),
      demandOf(r(outer, q) / spreadQ, 1, lower[q]! / spreadQ, upper[q]! / spreadQ),
      partial,
    ),
  ];
  const reach = reachOf({ from: Math.max(lower[outer]!, -FARTHEST), to: Math.min(upper[outer]!, FARTHEST) }, demands);
  const { from, to } = reach;
  if (!(to > from)) return { value: 0, error: 0 };
  const narrowest = leastOf(
    demands.map(({ slope, spread: own }) => (slope === 0 ? 1 : own / Math.abs(slope))),
    1,
  );
  const panels = panelsOf(reach, demands, to - from > 18 * narrowest ? 16 : digits === "absolute" ? 4 : 24);
  if (digits === "absolute") return integrate(inside, from, to, { absolute: 1e-14, relative: 0 }, panels);
  const { value, error } = integrate(inside, from, to, { absolute: 0, relative: 1e-7 }, panels);
  return { value, error: error + RECTANGLE_ERROR * value };
}

function demandOf(slope: number, spread: number, lower: number, upper: number): Demand {
  return { slope, spread, lower, upper, edges: [lower, upper].filter(Number.isFinite) };
}

/**
 * What the bounds of two variables of unit spread say about their difference, or about their sum where they go against each other: variables that are
 * all but equal must lie in both intervals at once, and their intersection has a kink where one end passes another.
 */
function differenceOf(a: Demand, given: Demand, correlation: number): Demand {
  const b = correlation > 0 ? given : demandOf(-given.slope, 1, -given.upper, -given.lower);
  return {
    slope: a.slope - b.slope,
    spread: Math.sqrt(2 * Math.max(1 - Math.abs(correlation), Number.EPSILON)),
    lower: a.lower - b.upper,
    upper: a.upper - b.lower,
    edges: a.edges.flatMap((end) => b.edges.map((other) => end - other)),
  };
}
