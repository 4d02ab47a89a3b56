import { logGamma } from "./gamma.ts";

/** What of a χ² distribution lies below and above a value; each with its own digits. */
export interface ChiSquareTails {
  readonly below: number;
  readonly above: number;
}

/**
 * The two tails of the χ² distribution: the incomplete gamma function by its series below the mean, by a continued fraction above.
 *
 * @param freedom degrees of freedom, > 0
 * @see Abramowitz & Stegun (1964), 6.5.29 and 6.5.31; the fraction by Lentz's method
 */
export function chiSquareTails(value: number, freedom: number): ChiSquareTails {
  if (!(value > 0)) return { below: 0, above: 1 };
  if (value === Infinity) return { below: 1, above: 0 };
  const a = freedom / 2;
  const x = value / 2;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 100_000 && term > sum * 1e-17; n++) sum += term *= x / (a + n);
    const below = Math.min(1, sum * front);
    return { below, above: 1 - below };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  const above = Math.min(1, fraction * front);
  return { below: 1 - above, above };
}

/** The value that a share `mass` of the χ² distribution lies below, by halving. */
export function chiSquareQuantile(mass: number, freedom: number): number {
  if (mass <= 0) return 0;
  if (mass >= 1) return Infinity;
  const reached = (x: number): boolean => {
    const { below, above } = chiSquareTails(x, freedom);
    return mass > 0.5 ? above <= 1 - mass : below >= mass;
  };
  let high = freedom;
  while (!reached(high)) high *= 2;
  let low = 0;
  for (;;) {
    // Halving the exponent first: small quantiles lie many powers of two below.
    const middle = low > 0 ? low + (high - low) / 2 : high / 2 ** 8;
    if (!(middle > low && middle < high) || high < 1e-300) return high;
    if (reached(middle)) high = middle;
    else low = middle;
  }
}
