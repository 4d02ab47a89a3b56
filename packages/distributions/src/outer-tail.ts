import { gaussLegendre } from "./quadrature.ts";

const rule = /* @__PURE__ */ gaussLegendre(40);

/** Densities below this fraction of the first one add nothing. */
const NEGLIGIBLE = -40;

/**
 * ∫₀^reach exp(logRatio(t)) dt for a concave logRatio with logRatio(0) = 0 that falls: the tail of a density in units of its value where the tail
 * begins. Forty Gauss–Legendre points on the length where it matters; their number does not grow with the parameters, unlike that of the terms of
 * a series.
 *
 * @param step about the width of the density, to begin the search for that length with
 */
export function outerTail(logRatio: (t: number) => number, reach: number, step: number): number {
  let length = Math.min(step, reach);
  while (length < reach && logRatio(length) > NEGLIGIBLE) length = Math.min(2 * length, reach);
  // Halving back, since a far tail is steep; a factor of 1.2 is near enough.
  let low = 0;
  for (let i = 0; i < 60 && length > 1.2 * low && logRatio(length) < NEGLIGIBLE; i++) {
    const middle = low > 0 ? (low + length) / 2 : length / 4;
    if (logRatio(middle) < NEGLIGIBLE) length = middle;
    else low = middle;
  }
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) {
    sum += rule.weights[i]! * Math.exp(logRatio(0.5 * length * (1 + rule.nodes[i]!)));
  }
  return 0.5 * length * sum;
}
