import type { Cholesky } from "./cholesky.ts";
import { cholesky } from "./cholesky.ts";
import { invertLower } from "./triangular.ts";

/**
 * Whitening factor W = L⁻¹ of a covariance Σ = L Lᵀ, so that W (x − μ) has unit covariance.
 *
 * @param covariance d×d, symmetric
 * @returns the lower triangular factor, or the pivot that failed
 * @remarks O(d³).
 * @example
 * ```ts run
 * whiteningOfCovariance(Float64Array.of(4, 0, 0, 16), 2) // => { ok: true, factor: [0.5, 0, 0, 0.25] }
 * whiteningOfCovariance(Float64Array.of(4, 0, 0, 0), 2) // => { ok: false, index: 1, pivot: 0 }
 * ```
 */
export function whiteningOfCovariance(covariance: Float64Array, d: number): Cholesky {
  const result = cholesky(covariance, d);
  return result.ok ? { ok: true, factor: invertLower(result.factor, d) } : result;
}

/**
 * Whitening factor W of a precision matrix P = Wᵀ W, without inverting P.
 *
 * With the order of the features turned round, P = U Uᵀ for an upper triangular U, and W = Uᵀ.
 *
 * @param precision d×d, symmetric
 * @remarks O(d³).
 * @example
 * ```ts run
 * whiteningOfPrecision(Float64Array.of(4, 0, 0, 16), 2) // => { ok: true, factor: [2, 0, 0, 4] }
 * ```
 */
export function whiteningOfPrecision(precision: Float64Array, d: number): Cholesky {
  const turned = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) turned[i * d + j] = precision[(d - 1 - i) * d + (d - 1 - j)]!;
  const result = cholesky(turned, d);
  if (!result.ok) return { ...result, index: d - 1 - result.index };
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) factor[i * d + j] = result.factor[(d - 1 - j) * d + (d - 1 - i)]!;
  return { ok: true, factor };
}
