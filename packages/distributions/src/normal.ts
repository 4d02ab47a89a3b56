import { areNumbers } from "./numbers.ts";
import { gaussLegendre } from "./quadrature.ts";

const SQRT_2 = Math.SQRT2;
const INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI);
const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/**
 * Density of the standard normal distribution. The square is split, so that its rounding does not show far out.
 *
 * @example
 * ```ts run
 * normalPdf(0) // ≈ 0.3989422804014327
 * normalPdf(-Infinity) // => 0
 * ```
 */
export function normalPdf(z: number): number {
  if (!areNumbers(z)) return NaN;
  return INVERSE_SQRT_2PI * expHalfSquare(z);
}

/**
 * Distribution function of the standard normal distribution, with full relative accuracy in the lower tail. The upper tail is `normalCdf(-z)`.
 *
 * @see Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969)
 * @example
 * ```ts run
 * normalCdf(1.959963984540054) // ≈ 0.975
 * normalCdf(-30) // ≈ 4.906713927148187e-198
 * normalCdf(Infinity) // => 1
 * ```
 */
export function normalCdf(z: number): number {
  if (!areNumbers(z) || Number.isNaN(z)) return NaN;
  const y = Math.abs(z) / SQRT_2;
  if (y <= SMALL) return 0.5 + 0.5 * Math.sign(z) * errorFunction(y);
  const tail = 0.5 * scaledComplement(y) * expHalfSquare(z);
  return z < 0 ? tail : 1 - tail;
}

/**
 * Φ(b) − Φ(a) without cancellation: both ends are taken in the tail they lie in, and what is narrow is integrated.
 *
 * @param width b − a where it is known more exactly than as the difference
 * @returns 0 where b ≤ a; NaN where an end is NaN
 * @example
 * ```ts run
 * normalInterval(-1, 1) // ≈ 0.6826894921370859
 * normalInterval(30, Infinity) // ≈ 4.906713927148187e-198
 * normalInterval(1, -1) // => 0
 * ```
 */
export function normalInterval(a: number, b: number, width?: number): number {
  if (!areNumbers(a, b)) return NaN;
  const known = width === undefined ? b - a : width;
  return areNumbers(known) ? between(a, b, known) : NaN;
}

function between(a: number, b: number, width: number): number {
  if (!(b > a)) return Number.isNaN(a) || Number.isNaN(b) ? NaN : 0;
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
 * @returns NaN where `p` is out of its range
 * @see Wichura, Algorithm AS 241, Applied Statistics 37 (1988)
 * @example
 * ```ts run
 * normalQuantile(0.975) // ≈ 1.959963984540054
 * normalQuantile(1e-300) // ≈ -37.0470962993612
 * normalQuantile(0) // => -Infinity
 * ```
 */
export function normalQuantile(p: number): number {
  if (!areNumbers(p) || !(p >= 0 && p <= 1)) return NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_P, r)) / polynomial(CENTRE_Q, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
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

// Coefficients are those of the papers, rounded to doubles. Cody's:
const ERF_P = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
const ERF_Q = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const ERFC_P = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163, 8.883149794388377,
  0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_Q = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099, 117.6939508913125,
  15.744926110709835, 1,
];
const FAR_ERFC_P = [
  0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445, 0.30532663496123236, 0.016315387137302097,
];
const FAR_ERFC_Q = [0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234673, 2.568520192289822, 1];

// Wichura's:
const CENTRE_P = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813,
  2509.0809287301227,
];
const CENTRE_Q = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854,
];
const MIDDLE_P = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const MIDDLE_Q = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345,
  1.0507500716444169e-9,
];
const FAR_P = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784,
  2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_Q = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7,
  2.0442631033899397e-15,
];
