/**
 * Writes the lower triangle of M S Mᵀ for a lower triangle M and a symmetric matrix S.
 *
 * @param M d×d row-major, lower triangular
 * @param S of which the lower triangle at `from` is read
 * @param target where the lower triangle is written, at `to`; not S itself
 * @remarks O(d³).
 * @example
 * ```ts run
 * const out = new Float64Array(4);
 * congruence(
 *   Float64Array.of(2, 0, 1, 1),
 *   Float64Array.of(1, 0, 3, 5),
 *   0,
 *   out,
 *   0,
 *   2,
 * );
 * out // => Float64Array.of(4, 0, 8, 12)
 * ```
 */
export function congruence(M: Float64Array, S: ArrayLike<number>, from: number, target: Float64Array, to: number, d: number): void {
  const product = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    product.fill(0);
    for (let t = 0; t <= i; t++) {
      const own = M[i * d + t]!;
      if (own === 0) continue;
      for (let j = 0; j <= t && j <= i; j++) product[j]! += own * S[from + t * d + j]!;
      for (let j = t + 1; j <= i; j++) product[j]! += own * S[from + j * d + t]!;
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t <= j; t++) sum += product[t]! * M[j * d + t]!;
      target[to + i * d + j] = sum;
    }
  }
}
