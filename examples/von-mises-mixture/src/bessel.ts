/** From here on the asymptotic series has all digits of a double before its terms begin to grow. */
const LARGE = 40;

/** Terms are left out once they are below this part of the sum. */
const ROUNDING = 2 ** -54;

/**
 * The modified Bessel function of the first kind and order 0 or 1, divided by eᵏ: it neither overflows nor underflows.
 *
 * @param k ≥ 0
 * @see Abramowitz & Stegun, Handbook of mathematical functions, 9.6.10 and 9.7.1
 */
export function scaledBessel(order: 0 | 1, k: number): number {
  return k < LARGE ? bySeries(order, k) * Math.exp(-k) : asymptotic(order, k) / Math.sqrt(2 * Math.PI * k);
}

/** All terms are positive, so no digits cancel. */
function bySeries(order: 0 | 1, k: number): number {
  const quarter = (k * k) / 4;
  let term = order === 0 ? 1 : k / 2;
  let sum = term;
  for (let m = 1; term > ROUNDING * sum; m++) {
    term *= quarter / (m * (m + order));
    sum += term;
  }
  return sum;
}

function asymptotic(order: 0 | 1, k: number): number {
  let term = 1;
  let sum = 1;
  for (let m = 1; Math.abs(term) > ROUNDING; m++) {
    term *= -(4 * order - (2 * m - 1) ** 2) / (8 * m * k);
    sum += term;
  }
  return sum;
}

/** log 2π I₀(k) − k: what the logarithm of a von Mises density is less than k (cos(x − μ) − 1). */
export function logNormaliser(k: number): number {
  return Math.log(2 * Math.PI * scaledBessel(0, k));
}

/** The mean resultant length of a von Mises distribution, I₁(k) / I₀(k). */
export function resultantLength(k: number): number {
  return scaledBessel(1, k) / scaledBessel(0, k);
}

/** Steps of Newton's method; from the start below four do. */
const STEPS = 20;

/**
 * The concentration of a mean resultant length: the inverse of {@link resultantLength}.
 *
 * @param length from 0 to 1
 * @param most the highest answer
 * @see Best & Fisher, The bias of the maximum likelihood estimators of the von Mises–Fisher concentration parameters, Comm. Stat. 10 (1981)
 */
export function concentrationOf(length: number, most: number): number {
  if (!(length > 0)) return 0;
  if (!(length < resultantLength(most))) return most;
  let k = (length * (2 - length * length)) / (1 - length * length);
  for (let step = 0; step < STEPS; step++) {
    const found = resultantLength(k);
    const change = (found - length) / (1 - found / k - found * found);
    k = Math.max(k / 4, k - change);
    if (Math.abs(change) <= 1e-14 * k) break;
  }
  return Math.min(k, most);
}
