import { gaussLegendre } from "./quadrature.ts";

const SQRT_2 = Math.SQRT2;
const INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI);
const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. The square is split, so that its rounding does not show far out. */
export function normalPdf(z: number): number {
  return INVERSE_SQRT_2PI * expHalfSquare(z);
}

/**
 * Distribution function of the standard normal distribution, with full relative accuracy in the lower tail.
 *
 * @see Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969)
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  const y = Math.abs(z) / SQRT_2;
  if (y <= SMALL) return 0.5 + 0.5 * Math.sign(z) * errorFunction(y);
  const tail = 0.5 * scaledComplement(y) * expHalfSquare(z);
  return z < 0 ? tail : 1 - tail;
}

/**
 * Φ(b) − Φ(a) without cancellation: both ends are taken in the tail they lie in, and what is narrow is integrated.
 *
 * @param width b − a where it is known more exactly than as the difference
 */
export function normalInterval(a: number, b: number, width = b - a): number {
  if (!(b > a)) return 0;
  if (a < 0 && b > 0 && width > 1) return halfErrorFunction(-a) + halfErrorFunction(b);
  // As Φ changes little over such a width, two values of it would share their leading digits.
  if (width * (1 + Math.min(Math.abs(a), Math.abs(b))) <= 1) return Math.abs(a) <= Math.abs(b) ? narrow(a, width) : narrow(-b, width);
  if (a < 0 && b > 0) return halfErrorFunction(-a) + halfErrorFunction(b);
  return a >= 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}

/** ½ erf(z / √2) = Φ(z) − ½ for z ≥ 0. */
function halfErrorFunction(z: number): number {
  const y = z / SQRT_2;
  return y <= SMALL ? 0.5 * errorFunction(y) : 0.5 - 0.5 * scaledComplement(y) * expHalfSquare(z);
}

/** Ten points are exact to rounding where the density changes by a factor of e at most. */
const rule = /* @__PURE__ */ gaussLegendre(10);

/** The integral of the density from `start` over a width; about an end and not the middle, which might not be a double. */
function narrow(start: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) {
    const t = 0.5 * width * (1 + rule.nodes[i]!);
    sum += rule.weights[i]! * Math.exp(-t * (start + 0.5 * t));
  }
  return 0.5 * width * sum * normalPdf(start);
}

/**
 * Quantile of the standard normal distribution: algorithm AS 241 (PPND16), relative accuracy about 1e-16.
 *
 * @param p from 0 to 1; the ends give ∓Infinity
 * @see Wichura, Algorithm AS 241, Applied Statistics 37 (1988)
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_P, r)) / polynomial(CENTRE_Q, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const z = r <= 5 ? polynomial(MIDDLE_P, r - 1.6) / polynomial(MIDDLE_Q, r - 1.6) : polynomial(FAR_P, r - 5) / polynomial(FAR_Q, r - 5);
  return q < 0 ? -z : z;
}

/** exp(−z²/2), with z² in two parts of which the first is exact. */
function expHalfSquare(z: number): number {
  const size = Math.abs(z);
  if (size > 40) return 0;
  const head = Math.trunc(size * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (size - head) * (size + head));
}

/** Up to here the error function itself is approximated, beyond its complement. */
const SMALL = 0.46875;

/** erf(y) for 0 ≤ y ≤ 0.46875. */
function errorFunction(y: number): number {
  const square = y * y;
  return (y * polynomial(ERF_P, square)) / polynomial(ERF_Q, square);
}

/** exp(y²) erfc(y) for y ≥ 0.46875. */
function scaledComplement(y: number): number {
  if (y <= 4) return polynomial(ERFC_P, y) / polynomial(ERFC_Q, y);
  const inverse = 1 / (y * y);
  return (INVERSE_SQRT_PI - (inverse * polynomial(FAR_ERFC_P, inverse)) / polynomial(FAR_ERFC_Q, inverse)) / y;
}

/** By Horner's rule; the constant comes first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

// Cody's coefficients.
const ERF_P = [3209.37758913846947, 377.485237685302021, 113.86415415105016, 3.1611237438705656, 0.185777706184603153];
const ERF_Q = [2844.23683343917062, 1282.61652607737228, 244.024637934444173, 23.6012909523441209, 1];
const ERFC_P = [
  1230.33935479799725, 2051.07837782607147, 1712.04761263407058, 881.95222124176909, 298.635138197400131, 66.1191906371416295,
  8.88314979438837594, 0.564188496988670089, 2.15311535474403846e-8,
];
const ERFC_Q = [
  1230.33935480374942, 3439.36767414372164, 4362.61909014324716, 3290.79923573345963, 1621.38957456669019, 537.181101862009858,
  117.693950891312499, 15.7449261107098347, 1,
];
const FAR_ERFC_P = [
  6.58749161529837803e-4, 1.60837851487422766e-2, 0.125781726111229246, 0.360344899949804439, 0.305326634961232344, 1.63153871373020978e-2,
];
const FAR_ERFC_Q = [2.33520497626869185e-3, 6.05183413124413191e-2, 0.527905102951428412, 1.87295284992346725, 2.56852019228982242, 1];

// Wichura's coefficients.
const CENTRE_P = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
  33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_Q = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
  5226.495278852854561,
];
const MIDDLE_P = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
];
const MIDDLE_Q = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 1.51986665636164571966e-2,
  5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_P = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 2.6532189526576123093e-2,
  1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_Q = [
  1, 0.59983220655588793769, 0.13692988092273580531, 1.48753612908506148525e-2, 7.868691311456132591e-4, 1.8463183175100546818e-5,
  1.4215117583164458887e-7, 2.04426310338993978564e-15,
];
