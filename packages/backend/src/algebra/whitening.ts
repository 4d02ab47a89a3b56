import type { Cholesky, FailedPivot } from "./cholesky.ts";
import { choleskyInPlace, copyLower } from "./cholesky.ts";
import { invertLowerInPlace } from "./triangular.ts";

/**
 * Whitening factor W = L⁻¹ of a covariance Σ = L Lᵀ, so that W (x − μ) has unit covariance.
 *
 * @param covariance d×d, symmetric
 * @returns the lower triangular factor, or the pivot that failed
 * @remarks O(d³).
 * @example
 * ```ts run
 * whiteningOfCovariance(Float64Array.of(4, 0, 0, 16), 2)
 * // => { ok: true, factor: [0.5, 0, 0, 0.25] }
 * whiteningOfCovariance(Float64Array.of(4, 0, 0, 0), 2)
 * // => { ok: false, index: 1, pivot: 0 }
 * ```
 */
export function whiteningOfCovariance(covariance: Float64Array, d: number): Cholesky {
  const factor = new Float64Array(d * d);
  return whitenCovariance(covariance, 0, factor, 0, d) ?? { ok: true, factor };
}

/**
 * The same from and to the caller's memory: the whitening factor of the d×d covariance at `from`, of which the lower triangle is read, is
 * written to `target` at `to`.
 *
 * @returns nothing, or the pivot that failed; then zeros are written
 * @remarks O(d³).
 * @example
 * ```ts run
 * const target = new Float64Array(4);
 * whitenCovariance(Float64Array.of(4, 0, 0, 16), 0, target, 0, 2)
 * // => undefined
 * target // => Float64Array.of(0.5, 0, 0, 0.25)
 * ```
 */
export function whitenCovariance(source: Float64Array, from: number, target: Float64Array, to: number, d: number): FailedPivot | undefined {
  copyLower(source, from, target, to, d);
  const failed = choleskyInPlace(target, to, d);
  if (failed === undefined) invertLowerInPlace(target, to, d);
  else target.fill(0, to, to + d * d);
  return failed;
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
 * whiteningOfPrecision(Float64Array.of(4, 0, 0, 16), 2)
 * // => { ok: true, factor: [2, 0, 0, 4] }
 * ```
 */
export function whiteningOfPrecision(precision: Float64Array, d: number): Cholesky {
  const turned = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) turned[i * d + j] = precision[(d - 1 - i) * d + (d - 1 - j)]!;
  const failed = choleskyInPlace(turned, 0, d);
  if (failed !== undefined) return { ...failed, index: d - 1 - failed.index };
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) factor[i * d + j] = turned[(d - 1 - j) * d + (d - 1 - i)]!;
  return { ok: true, factor };
}
