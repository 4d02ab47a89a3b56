/** Relative difference of two elements that should be equal. */
const SYMMETRY_TOLERANCE = 1e-8;

/** Whether a d×d matrix equals its transpose, as far as rounding allows: relative to the roots of the diagonal. O(d²). */
export function isSymmetric(matrix: Float64Array, d: number): boolean {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const scale = Math.sqrt(Math.abs(matrix[i * d + i]!)) * Math.sqrt(Math.abs(matrix[j * d + j]!)); // a product may leave the range of doubles
      if (Math.abs(matrix[i * d + j]! - matrix[j * d + i]!) > SYMMETRY_TOLERANCE * scale) return false;
    }
  }
  return true;
}
