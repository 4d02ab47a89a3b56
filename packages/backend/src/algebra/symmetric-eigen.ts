import type { Pace } from "@mixtura/core/authoring";

/** Eigenvalues in ascending order; column j of `vectors` (d×d row-major) belongs to value j. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
 *
 * Jacobi is chosen for its accuracy on small eigenvalues, which decide whether a component is degenerate.
 *
 * @param matrix d×d row-major, symmetric
 * @remarks O(d³) per sweep, about 6 to 10 sweeps.
 * @see Golub & Van Loan, Matrix Computations (2013), §8.5
 * @example
 * ```ts run
 * symmetricEigen(Float64Array.of(2, 0, 0, 1), 2).values // => Float64Array.of(1, 2)
 * ```
 */
export function symmetricEigen(matrix: Float64Array, d: number): SymmetricEigen {
  const { a, v } = begin(matrix, d);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < d - 1; p++) rotated = rotateRow(a, v, d, p) || rotated;
    if (!rotated) break;
  }
  return sorted(a, v, d);
}

/**
 * As {@link symmetricEigen}, to the bit, giving the event loop its turns: 226 columns take a quarter of a second.
 *
 * @throws MixturaError (by rejection) `aborted`
 */
export async function symmetricEigenInTurns(matrix: Float64Array, d: number, pace: Pace): Promise<SymmetricEigen> {
  const { a, v } = begin(matrix, d);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < d - 1; p++) {
      rotated = rotateRow(a, v, d, p) || rotated;
      if (pace.due()) await pace.turn();
    }
    if (!rotated) break;
  }
  return sorted(a, v, d);
}

/** The matrix to be turned, and no turn so far. */
function begin(matrix: Float64Array, d: number): { readonly a: Float64Array; readonly v: Float64Array } {
  const v = new Float64Array(d * d);
  for (let i = 0; i < d; i++) v[i * d + i] = 1;
  return { a: matrix.slice(), v };
}

function sorted(a: Float64Array, v: Float64Array, d: number): SymmetricEigen {
  const order = Array.from({ length: d }, (_, index) => index).sort((i, j) => a[i * d + i]! - a[j * d + j]!);
  const values = Float64Array.from(order, (index) => a[index * d + index]!);
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) order.forEach((from, j) => (vectors[i * d + j] = v[i * d + from]!));
  return { values, vectors };
}

/** Rotates the elements right of the diagonal in row p to zero; returns whether there was anything to rotate. */
function rotateRow(a: Float64Array, v: Float64Array, d: number, p: number): boolean {
  let rotated = false;
  for (let q = p + 1; q < d; q++) rotated = rotate(a, v, d, p, q) || rotated;
  return rotated;
}

/** Turns a_pq to zero; says whether there was anything to turn. */
function rotate(a: Float64Array, v: Float64Array, d: number, p: number, q: number): boolean {
  const apq = a[p * d + q]!;
  const app = a[p * d + p]!;
  const aqq = a[q * d + q]!;
  // Relative to the two diagonal elements, not to the whole matrix: small eigenvalues keep their digits.
  if (Math.abs(apq) <= 2 ** -53 * geometricMean(app, aqq) || apq === 0) return false;
  const theta = (aqq - app) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < d; i++) {
    const aip = a[i * d + p]!;
    const aiq = a[i * d + q]!;
    a[i * d + p] = c * aip - s * aiq;
    a[i * d + q] = s * aip + c * aiq;
  }
  for (let i = 0; i < d; i++) {
    const api = a[p * d + i]!;
    const aqi = a[q * d + i]!;
    a[p * d + i] = c * api - s * aqi;
    a[q * d + i] = s * api + c * aqi;
    const vip = v[i * d + p]!;
    const viq = v[i * d + q]!;
    v[i * d + p] = c * vip - s * viq;
    v[i * d + q] = s * vip + c * viq;
  }
  a[p * d + q] = 0;
  a[q * d + p] = 0;
  return true;
}

/** √|xy|, where the product has no double as well. */
function geometricMean(x: number, y: number): number {
  const product = Math.abs(x * y);
  return product < Infinity ? Math.sqrt(product) : Math.sqrt(Math.abs(x)) * Math.sqrt(Math.abs(y));
}
