import { plainRows, subtractDots, TILE } from "./dots.ts";

/** The lower factor, or the first pivot that failed: never NaN, never a pivot clamped to zero. */
export type Cholesky =
  | { readonly ok: true; readonly factor: Float64Array }
  | { readonly ok: false; readonly index: number; readonly pivot: number };

/** A pivot that failed, where the factor goes to the caller's memory. */
export type FailedPivot = Extract<Cholesky, { ok: false }>;

/** Half the distance from 1 to the next double. */
const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Cholesky factor L of a symmetric matrix A = L Lᵀ.
 *
 * A pivot fails when it is not above the rounding error it can carry itself, (i + 1) u Aᵢᵢ: a matrix that is singular up to rounding is
 * reported, whichever way the last bit fell.
 *
 * @param a d×d, row-major; only the lower triangle is read
 * @returns d×d row-major with zeros above the diagonal
 * @remarks O(d³).
 * @see Higham, Accuracy and Stability of Numerical Algorithms (2002), theorem 10.3
 * @example
 * ```ts run
 * cholesky(Float64Array.of(4, 2, 2, 5), 2)
 * // => { ok: true, factor: Float64Array.of(2, 0, 1, 2) }
 * cholesky(Float64Array.of(1, 1, 1, 1), 2)
 * // => { ok: false, index: 1, pivot: 0 }
 * ```
 */
export function cholesky(a: Float64Array, d: number): Cholesky {
  const factor = new Float64Array(d * d);
  copyLower(a, 0, factor, 0, d);
  return choleskyInPlace(factor, 0, d) ?? { ok: true, factor };
}

/** Copies the lower triangle of a d×d matrix; what is above the diagonal of `target` stays. */
export function copyLower(source: Float64Array, from: number, target: Float64Array, to: number, d: number): void {
  for (let i = 0; i < d; i++) {
    const a = from + i * d;
    const b = to + i * d;
    for (let j = 0; j <= i; j++) target[b + j] = source[a + j]!;
  }
}

/**
 * Turns the lower triangle of the d×d matrix at `at` into its Cholesky factor. Above the diagonal nothing is read that matters, and what stands
 * there afterwards means nothing unless it was zero before: then it is zero still.
 *
 * Rows are worked on four at a time, in tiles of dot products; see {@link subtractDots}.
 */
export function choleskyInPlace(m: Float64Array, at: number, d: number): FailedPivot | undefined {
  const head = plainRows(d);
  for (let i = 0, row = at; i < head; i++, row += d) {
    const diagonal = m[row + i]!;
    for (let j = 0, other = at; j <= i; j++, other += d) {
      let rest = m[row + j]!;
      for (let t = 0; t < j; t++) rest -= m[row + t]! * m[other + t]!;
      if (j < i) m[row + j] = rest / m[other + j]!;
      else if (holds(rest, diagonal, i)) m[row + i] = Math.sqrt(rest);
      else return { ok: false, index: i, pivot: rest };
    }
  }
  for (let top = head; top < d; top += TILE) {
    const row = at + top * d;
    const diagonal0 = m[row + top]!;
    const diagonal1 = m[row + d + top + 1]!;
    const diagonal2 = m[row + 2 * d + top + 2]!;
    const diagonal3 = m[row + 3 * d + top + 3]!;
    for (let r = 0; r < TILE; r++) {
      const own = row + r * d;
      for (let j = 0; j < head; j++) m[own + j] = restOf(m, own, at + j * d, 0, j) / m[at + j * d + j]!;
    }
    for (let j = head; j < top; j += 2) {
      const left = at + j * d;
      const right = left + d;
      subtractDots(m, row + j, d, 1, m, row, d, m, left, d, j);
      const leftPivot = m[left + j]!;
      const below = m[right + j]!;
      const rightPivot = m[right + j + 1]!;
      for (let r = 0, own = row + j; r < TILE; r++, own += d) {
        const x = m[own]! / leftPivot;
        m[own] = x;
        m[own + 1] = (m[own + 1]! - x * below) / rightPivot;
      }
    }
    subtractDots(m, row + top, d, 1, m, row, d, m, row, d, top);
    subtractDots(m, row + top + 2, d, 1, m, row, d, m, row + 2 * d, d, top);
    for (let r = 0; r < TILE; r++) {
      const own = row + r * d;
      for (let c = 0; c < r; c++) m[own + top + c] = restOf(m, own, row + c * d, top, top + c) / m[row + c * d + top + c]!;
      for (let c = r + 1; c < TILE; c++) m[own + top + c] = 0;
      const diagonal = r === 0 ? diagonal0 : r === 1 ? diagonal1 : r === 2 ? diagonal2 : diagonal3;
      const pivot = restOf(m, own, own, top, top + r);
      if (!holds(pivot, diagonal, top + r)) return { ok: false, index: top + r, pivot };
      m[own + top + r] = Math.sqrt(pivot);
    }
  }
  return undefined;
}

/** m[row + end] less the products of two rows from `start` to `end`. */
function restOf(m: Float64Array, row: number, other: number, start: number, end: number): number {
  let rest = m[row + end]!;
  for (let t = start; t < end; t++) rest -= m[row + t]! * m[other + t]!;
  return rest;
}

/** Whether a pivot is more than the rounding error it can carry. */
function holds(pivot: number, diagonal: number, index: number): boolean {
  return pivot > (index + 1) * UNIT_ROUNDOFF * diagonal && pivot < Infinity;
}
