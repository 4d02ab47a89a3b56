import { digamma } from "./digamma.ts";
import { areNumbers } from "./numbers.ts";
import { gaussLegendre } from "./quadrature.ts";

/**
 * log Γ(x): Stirling's series from 12 on; below by Γ(x + 1) = x Γ(x) down to the neighbourhood of 1 and 2, where it is 0, and there by
 * integrating ψ.
 *
 * @param x ≥ 0; NaN below
 * @returns with a relative error of about 1e-15; Infinity at 0 and at Infinity
 * @see Abramowitz & Stegun (1964), 6.1.41
 * @example
 * ```ts run
 * logGamma(10) // ≈ Math.log(362880)
 * logGamma(1 + 2 ** -40) // ≈ -5.249745890076018e-13
 * logGamma(0) // => Infinity
 * logGamma(-1) // => NaN
 * ```
 */
export function logGamma(x: number): number {
  if (!areNumbers(x)) return NaN;
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x < 0.5) return logGammaRatio(1, x) - Math.log(x);
  // The differences are exact.
  if (x < 1.5) return logGammaRatio(1, x - 1);
  if (x < 2.5) return logGammaRatio(2, x - 2);
  if (x < STIRLING) {
    let product = 1;
    let z = x;
    while (z >= 2.5) product *= --z;
    return Math.log(product) + logGammaRatio(2, z - 2);
  }
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingError(x);
}

/** From here on the series of six terms is exact to 1e-16. */
const STIRLING = 12;
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** log Γ(z) − (z − ½) log z + z − ½ log 2π for z ≥ 12: what Stirling's formula lacks. */
function stirlingError(z: number): number {
  const inverse = 1 / z / z;
  return (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - inverse * (691 / 360360)))))) / z;
}

/** As {@link stirlingError}, for z ≥ 1: brought from beyond 12, step by step, each of which keeps its digits. */
export function stirlingCorrection(z: number): number {
  let sum = 0;
  let at = z;
  // δ(z) = δ(z + 1) + (z + ½) log(1 + 1/z) − 1, where the last two are nearly equal.
  for (; at < STIRLING; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  return sum + stirlingError(at);
}

/** Exact to rounding for ψ over a length that is no longer than its distance from the pole at 0. */
const rule = /* @__PURE__ */ gaussLegendre(14);

/**
 * log Γ(a + h) − log Γ(a), which does not cancel however small h is.
 *
 * @param a > 0
 * @param h ≥ −a/2
 */
export function logGammaRatio(a: number, h: number): number {
  // Γ(a) = Γ(a + 1)/a keeps the poles at a distance.
  if (a < 1) return logGammaRatio(a + 1, h) - Math.log1p(h / a);
  if (h <= a) {
    let sum = 0;
    for (let i = 0; i < rule.nodes.length; i++) sum += rule.weights[i]! * digamma(a + 0.5 * h * (1 + rule.nodes[i]!));
    return 0.5 * h * sum;
  }
  return logGamma(a + h) - logGamma(a);
}
