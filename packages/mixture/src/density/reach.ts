import { greatestOf, leastOf } from "@mixtura/core/internal";

/** Farther out the normal density is 0 in doubles. */
export const FARTHEST = 38.5;

/** An interval of the variable that is integrated over. */
export interface Reach {
  readonly from: number;
  readonly to: number;
}

/** A normal variable of mean `slope` · x and standard deviation `spread`, that is to lie between two bounds. */
export interface Demand {
  readonly slope: number;
  readonly spread: number;
  readonly lower: number;
  readonly upper: number;
  /** Means at which the integrand bends, as sharply as `spread` is small. */
  readonly edges: readonly number[];
}

/**
 * The part of an interval of x in which all demands can be met: outside, one of their probabilities is 0 in doubles. Panels on what is left are about
 * as wide as what the integrand changes over, so that they cannot step over it, however narrow it is.
 */
export function reachOf(start: Reach, demands: readonly Demand[]): Reach {
  let { from, to } = start;
  for (const { slope, spread, lower, upper } of demands) {
    if (slope === 0) continue;
    const ends = [(lower - FARTHEST * spread) / slope, (upper + FARTHEST * spread) / slope];
    from = Math.max(from, leastOf(ends));
    to = Math.min(to, greatestOf(ends));
  }
  return { from, to };
}

/** A bend of this width in x, or a softer one, is seen by any panel. */
const SHARP = 0.3;
/** Spreads beyond which a bend is over, to rounding. */
const OVER = 8.5;

/** The points between panels: those of some panels of equal width, and both sides of every sharp bend. */
export function panelsOf({ from, to }: Reach, demands: readonly Demand[], panels: number): number[] {
  const points = Array.from({ length: panels - 1 }, (_, i) => from + ((to - from) * (i + 1)) / panels);
  for (const { slope, spread, edges } of demands) {
    const width = spread / Math.abs(slope);
    if (width < SHARP) for (const edge of edges) points.push(edge / slope - OVER * width, edge / slope + OVER * width);
  }
  return points.filter((x) => x > from && x < to).sort((a, b) => a - b);
}
