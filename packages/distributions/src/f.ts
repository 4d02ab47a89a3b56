import { tailsAt } from "./beta.ts";
import { chiSquareQuantile, chiSquareTails } from "./chi-square.ts";
import { leastDouble } from "./least.ts";
import { areNumbers } from "./numbers.ts";
import type { Tails } from "./tails.ts";
import { holds, mirrored, NOTHING_ABOVE, NOTHING_BELOW, UNDEFINED } from "./tails.ts";

/**
 * The two tails of the F distribution: that of a ratio of two independent χ² variables, each divided by its degrees of freedom.
 *
 * @param value nothing lies below 0
 * @param numerator degrees of freedom, > 0; Infinity for a numerator that is 1
 * @param denominator degrees of freedom, > 0; Infinity for a denominator that is 1
 * @returns NaN where an argument is no number, or out of its range
 * @remarks The smaller tail has a relative error of about 1e-13.
 * @see Abramowitz & Stegun (1964), 26.6.2
 * @example
 * ```ts run
 * fTails(4.964602743730711, 1, 10).above // ≈ 0.05
 * fTails(1e12, 2, 3).above // ≈ 1.83711730708325e-18
 * const { above } = chiSquareTails(8, 4);
 * fTails(2, 4, Infinity).above // ≈ above
 * ```
 */
export function fTails(value: number, numerator: number, denominator: number): Tails {
  if (!areNumbers(value, numerator, denominator) || Number.isNaN(value) || !(numerator > 0 && denominator > 0)) return UNDEFINED;
  if (value <= 0) return NOTHING_BELOW;
  if (value === Infinity) return NOTHING_ABOVE;
  if (denominator === Infinity) {
    if (numerator === Infinity) return value < 1 ? NOTHING_BELOW : NOTHING_ABOVE;
    return chiSquareTails(value * numerator, numerator);
  }
  if (numerator === Infinity) return mirrored(chiSquareTails(denominator / value, denominator));
  // The ratio of the beta variable to its complement; its logarithm is at hand where it leaves the range of doubles.
  const ratio = (numerator / denominator) * value;
  const logRatio = Math.log(numerator) - Math.log(denominator) + Math.log(value);
  const inverse = denominator / numerator / value;
  const point =
    ratio < 1
      ? { x: ratio / (1 + ratio), y: 1 / (1 + ratio), logX: logRatio - Math.log1p(ratio), logY: -Math.log1p(ratio) }
      : { x: 1 / (1 + inverse), y: inverse / (1 + inverse), logX: -Math.log1p(inverse), logY: -logRatio - Math.log1p(inverse) };
  return tailsAt(point, numerator / 2, denominator / 2);
}

/**
 * The quantile of the F distribution at probability `mass`: the smallest double with at least this much mass below by {@link fTails}.
 *
 * For the value with a tiny probability p *above* it, which 1 − p cannot express: 1 / fQuantile(p, denominator, numerator).
 *
 * @param mass from 0 to 1; the ends give 0 and Infinity
 * @param numerator degrees of freedom, > 0
 * @param denominator degrees of freedom, > 0
 * @returns NaN where an argument is no number, or out of its range; Infinity where the quantile lies beyond the largest double
 * @example
 * ```ts run
 * fQuantile(0.95, 1, 10) // ≈ 4.964602743730711
 * fQuantile(0.5, 7, 7) // ≈ 1
 * ```
 */
export function fQuantile(mass: number, numerator: number, denominator: number): number {
  if (!areNumbers(mass, numerator, denominator) || !(mass >= 0 && mass <= 1 && numerator > 0 && denominator > 0)) return NaN;
  if (mass === 0) return 0;
  if (mass === 1) return Infinity;
  if (denominator === Infinity && numerator < Infinity) return chiSquareQuantile(mass, numerator) / numerator;
  return leastDouble((value) => holds(fTails(value, numerator, denominator), mass));
}
