/**
 * Inverse of a lower triangular matrix.
 *
 * @param lower d×d row-major, positive diagonal; what is above the diagonal is not read
 * @returns d×d row-major, lower triangular
 * @remarks O(d³).
 * @example
 * ```ts run
 * invertLower(Float64Array.of(2, 0, 1, 4), 2) // => Float64Array.of(0.5, 0, -0.125, 0.25)
 * ```
 */
export function invertLower(lower: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const pivot = 1 / lower[i * d + i]!;
    inverse[i * d + i] = pivot;
    for (let t = 0; t < i; t++) {
      const factor = lower[i * d + t]!;
      for (let j = 0; j <= t; j++) inverse[i * d + j]! -= factor * inverse[t * d + j]!;
    }
    for (let j = 0; j < i; j++) inverse[i * d + j]! *= pivot;
  }
  return inverse;
}

/**
 * A Aᵀ of a lower triangular matrix: the matrix whose Cholesky factor it is.
 *
 * @param lower d×d row-major, lower triangular
 * @remarks O(d³).
 * @example
 * ```ts run
 * lowerTimesTranspose(Float64Array.of(2, 0, 1, 2), 2) // => [4, 2, 2, 5]
 * ```
 */
export function lowerTimesTranspose(lower: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t <= j; t++) sum += lower[i * d + t]! * lower[j * d + t]!;
      product[i * d + j] = sum;
      product[j * d + i] = sum;
    }
  }
  return product;
}

/**
 * Aᵀ A of a lower triangular matrix: the precision matrix of a whitening factor.
 *
 * @param lower d×d row-major, lower triangular
 * @remarks O(d³).
 * @example
 * ```ts run
 * transposeTimesLower(Float64Array.of(2, 0, 1, 2), 2) // => [5, 2, 2, 4]
 * ```
 */
export function transposeTimesLower(lower: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = i; t < d; t++) sum += lower[t * d + i]! * lower[t * d + j]!;
      product[i * d + j] = sum;
      product[j * d + i] = sum;
    }
  }
  return product;
}
