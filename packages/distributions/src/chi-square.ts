import { excess } from "./excess.ts";
import { logGammaRatio, stirlingCorrection } from "./gamma.ts";
import { leastDouble } from "./least.ts";
import { areNumbers } from "./numbers.ts";
import { outerTail } from "./outer-tail.ts";
import type { Tails } from "./tails.ts";
import { holds, NOTHING_ABOVE, NOTHING_BELOW, UNDEFINED } from "./tails.ts";

/** Half the degrees of freedom from which tails are integrated: series and fraction need ever more terms. */
const MANY = 1000;

/**
 * The two tails of the χ² distribution: the incomplete gamma function by its series below the mean, by a continued fraction above, and by
 * quadrature of the density for more than 2000 degrees of freedom.
 *
 * @param value nothing lies below 0
 * @param freedom degrees of freedom, ≥ 0 and finite; with 0 all mass lies at 0
 * @returns NaN where an argument is NaN or no number, or `freedom` is out of its range
 * @remarks The smaller tail has a relative error of about 1e-14, and 1e-13 far out.
 * @see Abramowitz & Stegun (1964), 6.5.29 and 6.5.31; the fraction by Lentz's method
 * @example
 * ```ts run
 * const { below, above } = chiSquareTails(3.841458820694124, 1);
 * below // ≈ 0.95
 * above // ≈ 0.05
 * chiSquareTails(400, 3).above // ≈ 2.213886593101117e-86
 * chiSquareTails(-1, 3) // => { below: 0, above: 1 }
 * ```
 */
export function chiSquareTails(value: number, freedom: number): Tails {
  if (!areNumbers(value, freedom) || Number.isNaN(value) || !(freedom >= 0 && freedom < Infinity)) return UNDEFINED;
  if (value < 0) return NOTHING_BELOW;
  if (freedom === 0 || value === Infinity) return NOTHING_ABOVE;
  if (value === 0) return NOTHING_BELOW;
  const a = freedom / 2;
  const x = value / 2;
  if (a > MANY) {
    const outer = integrated(a, x);
    return x < a ? { below: outer, above: 1 - outer } : { below: 1 - outer, above: outer };
  }
  if (x >= a + 1) {
    const above = fraction(a, x);
    return { below: 1 - above, above };
  }
  if (a < 1) return nearZero(a, x, Math.log(value) - Math.LN2);
  const below = series(a, x);
  return { below, above: 1 - below };
}

/**
 * The quantile of the χ² distribution at probability `mass`: the smallest double with at least this much mass below by {@link chiSquareTails}.
 *
 * @param mass from 0 to 1; the ends give 0 and Infinity
 * @param freedom degrees of freedom, ≥ 0 and finite
 * @returns NaN where an argument is no number, or out of its range
 * @example
 * ```ts run
 * chiSquareQuantile(0.975, 4) // ≈ 11.143286781877796
 * chiSquareQuantile(1, 4) // => Infinity
 * ```
 */
export function chiSquareQuantile(mass: number, freedom: number): number {
  if (!areNumbers(mass, freedom) || !(mass >= 0 && mass <= 1 && freedom >= 0 && freedom < Infinity)) return NaN;
  if (mass === 0 || freedom === 0) return 0;
  return mass === 1 ? Infinity : leastDouble((x) => holds(chiSquareTails(x, freedom), mass));
}

/** xᵃ e⁻ˣ / Γ(1 + a). */
function front(a: number, x: number): number {
  if (a < 1) return Math.exp(a * Math.log(x) - x - logGammaRatio(1, a));
  return Math.exp(-a * excess((x - a) / a, x / a) - stirlingCorrection(a)) / Math.sqrt(2 * Math.PI * a);
}

/** The mass beyond x, on its own side of a: the density at x (1 ± s) in units of that at x, integrated. */
function integrated(a: number, x: number): number {
  const outward = x < a ? -1 : 1;
  const logRatio = (s: number): number => -(a - 1) * excess(outward * s) - outward * s * (x - (a - 1));
  return Math.min(1, front(a, x) * a * outerTail(logRatio, x < a ? 1 : Infinity, Math.sqrt(a) / x));
}

/** The mass below x. */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
  return Math.min(1, sum * front(a, x));
}

/** The mass above x ≥ a + 1. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < 10_000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    product *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON) break;
  }
  return Math.min(1, product * a * front(a, x));
}

/** The tails where a < 1 and most of the mass may lie below: what is left above is summed without it. */
function nearZero(a: number, x: number, logX: number): Tails {
  let power = 1;
  let sum = 0;
  for (let n = 1; n < 100 && Math.abs(power) > 1e-17 * Math.abs(sum); n++) {
    power *= -x / n;
    sum += power / (a + n);
  }
  const logarithm = a * logX - logGammaRatio(1, a);
  const first = Math.exp(logarithm);
  const below = Math.min(1, first * (1 + a * sum));
  return below < 0.5 ? { below, above: 1 - below } : { below, above: Math.max(0, -Math.expm1(logarithm) - first * a * sum) };
}
