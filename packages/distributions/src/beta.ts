import { excess } from "./excess.ts";
import { logGamma, logGammaRatio, stirlingCorrection } from "./gamma.ts";
import { leastDouble } from "./least.ts";
import { areNumbers } from "./numbers.ts";
import { outerTail } from "./outer-tail.ts";
import type { Tails } from "./tails.ts";
import { holds, mirrored, NOTHING_ABOVE, NOTHING_BELOW, UNDEFINED } from "./tails.ts";

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without cancellation where one argument is far larger than the other.
 *
 * @param a > 0, finite
 * @param b > 0, finite
 * @returns Infinity where an argument is 0, NaN where one is neither
 * @example
 * ```ts run
 * logBeta(2, 3) // ≈ -Math.log(12)
 * logBeta(1e-20, 5) // ≈ 20 * Math.log(10)
 * logBeta(0.5, 1e15) // ≈ -16.697023254530642
 * ```
 */
export function logBeta(a: number, b: number): number {
  if (!areNumbers(a, b) || !(a >= 0 && b >= 0 && a < Infinity && b < Infinity)) return NaN;
  if (a === 0 || b === 0) return Infinity;
  const small = Math.min(a, b);
  return logGamma(small) - logGammaRatio(Math.max(a, b), small);
}

/**
 * The two tails of the beta distribution, Iₓ(a, b) and I₁₋ₓ(b, a): by a continued fraction, by a power series where a parameter is
 * below 1, and by quadrature of the density where both parameters are large.
 *
 * @param x nothing lies below 0 or above 1
 * @param a > 0, finite
 * @param b > 0, finite
 * @returns NaN where an argument is NaN or no number, or a parameter is out of its range
 * @remarks The smaller tail has a relative error of about 1e-14, and 1e-13 far out. Where both parameters are beyond 1e6 it is exact for an x that
 * differs from yours in its last digit.
 * @see Didonato & Morris, Algorithm 708, ACM Trans. Math. Softw. 18 (1992)
 * @example
 * ```ts run
 * const { below, above } = betaTails(0.5, 2, 3);
 * below // ≈ 0.6875
 * above // ≈ 0.3125
 * betaTails(1e-30, 2, 3).below // ≈ 6e-60
 * betaTails(1, 2, 3) // => { below: 1, above: 0 }
 * ```
 */
export function betaTails(x: number, a: number, b: number): Tails {
  if (!areNumbers(x, a, b) || Number.isNaN(x) || !(a > 0 && b > 0 && a < Infinity && b < Infinity)) return UNDEFINED;
  if (x <= 0) return NOTHING_BELOW;
  if (x >= 1) return NOTHING_ABOVE;
  return tailsAt({ x, y: 1 - x, logX: Math.log(x), logY: Math.log1p(-x) }, a, b);
}

/**
 * The quantile of the beta distribution at probability `mass`: the smallest double with at least this much mass below by {@link betaTails}.
 *
 * @param mass from 0 to 1; the ends give 0 and 1
 * @param a > 0, finite
 * @param b > 0, finite
 * @returns NaN where an argument is no number, or out of its range
 * @example
 * ```ts run
 * betaQuantile(0.6875, 2, 3) // ≈ 0.5
 * betaQuantile(6e-60, 2, 3) // ≈ 1e-30
 * ```
 */
export function betaQuantile(mass: number, a: number, b: number): number {
  if (!areNumbers(mass, a, b) || !(mass >= 0 && mass <= 1 && a > 0 && b > 0 && a < Infinity && b < Infinity)) return NaN;
  if (mass === 0 || mass === 1) return mass;
  return leastDouble((x) => holds(betaTails(x, a, b), mass));
}

/** A point between 0 and 1, with its distance from 1, and the logarithms of both, which may lie beyond the smallest double. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
  readonly logX: number;
  readonly logY: number;
}

/** From here on (both parameters) tails are integrated: the fraction needs ever more terms. */
const MANY = 1000;

/** As {@link betaTails}, for a point that is known exactly near both ends. */
export function tailsAt(point: UnitPoint, a: number, b: number): Tails {
  const { x, y } = point;
  const many = Math.min(a, b) > MANY;
  // Beyond the mean (a little beyond, for the fraction) the other tail is the smaller one.
  if (many ? x * b > y * a : x * (b + 1) > y * (a + 1)) {
    return mirrored(tailsAt({ x: y, y: x, logX: point.logY, logY: point.logX }, b, a));
  }
  if (a < 1) return nearZero(point, a, b);
  const below = Math.min(1, front(point, a, b) * (many ? integral(point, a, b) : fraction(point, a, b)));
  return { below, above: 1 - below };
}

/** xᵃ yᵇ / (a B(a, b)). */
function front({ x, y, logX, logY }: UnitPoint, a: number, b: number): number {
  if (Math.min(a, b) < 8) return Math.exp(a * logX + b * logY - logTimesBeta(a, b));
  const difference = x * b - y * a;
  const fall = a * excess(difference / a, x * (1 + b / a)) + b * excess(-difference / b, y * (1 + a / b));
  const correction = stirlingCorrection(a + b) - stirlingCorrection(a) - stirlingCorrection(b);
  return Math.exp(correction - fall) * Math.sqrt(b / (2 * Math.PI * a * (a + b)));
}

/** log (a B(a, b)), which tends to 0 with a. */
function logTimesBeta(a: number, b: number): number {
  return a <= b ? logGammaRatio(1, a) - logGammaRatio(b, a) : logGamma(b) + Math.log(a) - logGammaRatio(a, b);
}

/**
 * What {@link front} is multiplied by, a little beyond the mean at most. Of x it needs the distance from the mean, where both ends have their say,
 * so that a mean next to either end costs no digits.
 *
 * @see Didonato & Morris (1992): BFRAC
 */
function fraction({ x, y }: UnitPoint, a: number, b: number): number {
  const start = a * y - b * x + 1;
  let c = 1e300;
  let d = (1 + 1 / a) / start;
  let product = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const middle = a + 2 * n - 1;
    const crossed = n * (b - n) * x;
    const above = ((a + n - 1) / middle) * ((a + b + n - 1) / middle) * crossed * x;
    const middleTerm = n + crossed / middle + ((a + n) / (middle + 2)) * (start + n * (1 + y));
    d = 1 / (middleTerm + above * d);
    c = middleTerm + above / c;
    product *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON) break;
  }
  return a * product;
}

/** Never needed: the fraction takes some hundreds where it is used. */
const MOST_TERMS = 10_000;

/** As {@link fraction}, below the mean: the density at x (1 − s) in units of that at x, integrated. */
function integral({ x, y }: UnitPoint, a: number, b: number): number {
  const odds = x / y;
  const slope = a - 1 - (b - 1) * odds;
  const logRatio = (s: number): number => -(a - 1) * excess(-s) - (b - 1) * excess(s * odds) - s * slope;
  return (a / y) * outerTail(logRatio, 1, Math.sqrt(y / x / (a + b)));
}

/**
 * The tails at an x up to about the mean, for a < 1: by the power series of (1 − t)ᵇ⁻¹, whose first term is most of the mass below. What is left
 * above is summed without it.
 *
 * @see Abramowitz & Stegun (1964), 26.5.4
 */
function nearZero({ x, logX }: UnitPoint, a: number, b: number): Tails {
  let term = 1;
  let sum = 0;
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= ((n - b) / n) * x;
    sum += term / (a + n);
  }
  const logarithm = a * logX - logTimesBeta(a, b);
  const first = Math.exp(logarithm);
  const below = Math.min(1, first * (1 + a * sum));
  return below < 0.5 ? { below, above: 1 - below } : { below, above: Math.max(0, -Math.expm1(logarithm) - first * a * sum) };
}
