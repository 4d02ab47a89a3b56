import { tailsAt } from "./beta.ts";
import { leastDouble } from "./least.ts";
import { areNumbers } from "./numbers.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import type { Tails } from "./tails.ts";
import { mirrored, NOTHING_ABOVE, UNDEFINED } from "./tails.ts";

/**
 * The two tails of Student's t distribution.
 *
 * @param freedom degrees of freedom, > 0; 1 is the Cauchy distribution, Infinity the normal one
 * @returns NaN where an argument is NaN or no number, or `freedom` is out of its range
 * @remarks The smaller tail has a relative error of about 1e-14, however heavy it is.
 * @see Abramowitz & Stegun (1964), 26.7.1
 * @example
 * ```ts run
 * studentTails(2.2281388519649385, 10).above // ≈ 0.025
 * studentTails(-1e200, 1).below // ≈ 3.1830988618379067e-201
 * const below = normalCdf(-3);
 * studentTails(-3, Infinity).below // ≈ below
 * ```
 */
export function studentTails(value: number, freedom: number): Tails {
  if (!areNumbers(value, freedom) || Number.isNaN(value) || !(freedom > 0)) return UNDEFINED;
  if (value < 0) return mirrored(studentTails(-value, freedom));
  if (freedom === Infinity) return { below: normalCdf(value), above: normalCdf(-value) };
  if (value === Infinity) return NOTHING_ABOVE;
  // value² / freedom in halves, since the square may leave the range of doubles.
  const root = value / Math.sqrt(freedom);
  const logRoot = Math.log(value) - 0.5 * Math.log(freedom);
  if (root === 0) return { below: 0.5, above: 0.5 };
  const [ratio, inverse] = [root * root, 1 / root / root];
  const point =
    root < 1
      ? { x: ratio / (1 + ratio), y: 1 / (1 + ratio), logX: 2 * logRoot - Math.log1p(ratio), logY: -Math.log1p(ratio) }
      : { x: 1 / (1 + inverse), y: inverse / (1 + inverse), logX: -Math.log1p(inverse), logY: -2 * logRoot - Math.log1p(inverse) };
  const { below, above } = tailsAt(point, 0.5, freedom / 2);
  return { below: 0.5 + below / 2, above: above / 2 };
}

/**
 * The quantile of Student's t distribution at probability `mass`.
 *
 * @param mass from 0 to 1; the ends give ∓Infinity
 * @param freedom degrees of freedom, > 0
 * @returns NaN where an argument is no number, or out of its range; ∓Infinity where the quantile lies beyond the largest double
 * @example
 * ```ts run
 * studentQuantile(0.975, 10) // ≈ 2.2281388519649385
 * studentQuantile(1e-12, 1) // ≈ -318309886183.79065
 * studentQuantile(0.5, 3) // => 0
 * ```
 */
export function studentQuantile(mass: number, freedom: number): number {
  if (!areNumbers(mass, freedom) || !(mass >= 0 && mass <= 1 && freedom > 0)) return NaN;
  if (freedom === Infinity) return normalQuantile(mass);
  if (mass === 0.5) return 0;
  const tail = Math.min(mass, 1 - mass);
  const size = tail === 0 ? Infinity : leastDouble((value) => studentTails(value, freedom).above <= tail);
  return mass < 0.5 ? -size : size;
}
