/** The lower factor, or the first pivot that failed: never NaN, never a pivot clamped to zero. */
export type Cholesky =
  | { readonly ok: true; readonly factor: Float64Array }
  | { readonly ok: false; readonly index: number; readonly pivot: number };

/** Half the distance from 1 to the next double. */
const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Cholesky factor L of a symmetric matrix A = L Lᵀ.
 *
 * A pivot fails when it is not above the rounding error it can carry itself, (i + 1) u Aᵢᵢ: a matrix that is singular but for rounding is
 * reported, whichever way the last bit fell.
 *
 * @param a d×d, row-major; only the lower triangle is read
 * @returns d×d row-major with zeros above the diagonal
 * @remarks O(d³).
 * @see Higham, Accuracy and Stability of Numerical Algorithms (2002), theorem 10.3
 * @example
 * ```ts run
 * cholesky(Float64Array.of(4, 2, 2, 5), 2) // => { ok: true, factor: Float64Array.of(2, 0, 1, 2) }
 * cholesky(Float64Array.of(1, 1, 1, 1), 2) // => { ok: false, index: 1, pivot: 0 }
 * ```
 */
export function cholesky(a: Float64Array, d: number): Cholesky {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * d + j]!;
      for (let t = 0; t < j; t++) rest -= factor[i * d + t]! * factor[j * d + t]!;
      if (i !== j) {
        factor[i * d + j] = rest / factor[j * d + j]!;
      } else if (rest > (i + 1) * UNIT_ROUNDOFF * a[i * d + i]! && rest < Infinity) {
        factor[i * d + i] = Math.sqrt(rest);
      } else {
        return { ok: false, index: i, pivot: rest };
      }
    }
  }
  return { ok: true, factor };
}
