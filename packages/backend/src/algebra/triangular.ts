import { copyLower } from "./cholesky.ts";
import { PLAIN_ORDER, plainRows, subtractDots, TILE } from "./dots.ts";

/**
 * Inverse of a lower triangular matrix.
 *
 * @param lower d×d row-major, positive diagonal; what is above the diagonal is not read
 * @returns d×d row-major, lower triangular
 * @remarks O(d³).
 * @example
 * ```ts run
 * invertLower(Float64Array.of(2, 0, 1, 4), 2)
 * // => Float64Array.of(0.5, 0, -0.125, 0.25)
 * ```
 */
export function invertLower(lower: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  copyLower(lower, 0, inverse, 0, d);
  invertLowerInPlace(inverse, 0, d);
  return inverse;
}

/**
 * Turns the lower triangle of the d×d matrix at `at` into its inverse, and what is above the diagonal into zeros.
 *
 * The inverse is built transposed, above the diagonal: so the columns that its sums are made of lie one number after the other.
 * Four rows are worked on at a time, in tiles of dot products; see {@link subtractDots}.
 */
export function invertLowerInPlace(m: Float64Array, at: number, d: number): void {
  const head = plainRows(d);
  for (let i = 0; i < head; i++) invertRow(m, at, d, i, 0);
  for (let top = head; top < d; top += TILE) {
    const row = at + top * d;
    for (let j = 0; j + 1 < top; j += 2) {
      const column = at + j * d;
      const first = m[column + j]!;
      for (let r = 0; r < TILE; r++) {
        m[column + top + r] = 0 - m[row + r * d + j]! * first;
        m[column + d + top + r] = 0;
      }
      subtractDots(m, column + top, 1, d, m, row + j + 1, d, m, column + j + 1, d, top - j - 1);
    }
    if (top % 2 === 1) {
      const column = at + (top - 1) * d;
      for (let r = 0; r < TILE; r++) m[column + top + r] = 0 - m[row + r * d + top - 1]! * m[column + top - 1]!;
    }
    finishRows(m, at, d, top);
    for (let r = 0; r < TILE; r++) invertRow(m, at, d, top + r, top);
  }
  moveDown(m, at, d);
}

/** Row i of the inverse from column `first` on, by plain loops. */
function invertRow(m: Float64Array, at: number, d: number, i: number, first: number): void {
  const row = at + i * d;
  const pivot = 1 / m[row + i]!;
  for (let j = first; j < i; j++) {
    const column = at + j * d;
    let sum = 0;
    for (let t = j; t < i; t++) sum -= m[row + t]! * m[column + t]!;
    m[column + i] = sum * pivot;
  }
  m[row + i] = pivot;
}

/** The part of the sums that lies within the four rows themselves, for all columns before them. */
function finishRows(m: Float64Array, at: number, d: number, top: number): void {
  const row0 = at + top * d + top;
  const row1 = row0 + d;
  const row2 = row1 + d;
  const row3 = row2 + d;
  const pivot0 = 1 / m[row0]!;
  const pivot1 = 1 / m[row1 + 1]!;
  const pivot2 = 1 / m[row2 + 2]!;
  const pivot3 = 1 / m[row3 + 3]!;
  for (let j = 0, place = at + top; j < top; j++, place += d) {
    const y0 = m[place]! * pivot0;
    const y1 = (m[place + 1]! - m[row1]! * y0) * pivot1;
    const y2 = (m[place + 2]! - m[row2]! * y0 - m[row2 + 1]! * y1) * pivot2;
    const y3 = (m[place + 3]! - m[row3]! * y0 - m[row3 + 1]! * y1 - m[row3 + 2]! * y2) * pivot3;
    m[place] = y0;
    m[place + 1] = y1;
    m[place + 2] = y2;
    m[place + 3] = y3;
  }
}

/** Side of the squares in which a matrix is turned over: a few lines of cache each way. */
const SQUARE = 8;

/** Moves what is above the diagonal below it, and leaves zeros. */
function moveDown(m: Float64Array, at: number, d: number): void {
  for (let top = 0; top < d; top += SQUARE) {
    const bottom = Math.min(top + SQUARE, d);
    for (let left = 0; left <= top; left += SQUARE) {
      for (let i = top; i < bottom; i++) {
        const end = Math.min(left + SQUARE, i);
        for (let j = left; j < end; j++) {
          m[at + i * d + j] = m[at + j * d + i]!;
          m[at + j * d + i] = 0;
        }
      }
    }
  }
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
  return productsOfRows(lower, d, "below");
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
  if (d <= PLAIN_ORDER) return productsOfColumns(lower, d);
  const turned = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) turned[j * d + i] = lower[i * d + j]!;
  return productsOfRows(turned, d, "above");
}

/** The products of all pairs of columns of a lower triangular matrix, by plain loops. */
function productsOfColumns(lower: Float64Array, d: number): Float64Array {
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

/**
 * The products of all pairs of rows of a triangular matrix, d×d and symmetric.
 *
 * @param filled where the triangle lies. Rows are multiplied over the stretch where both may hold other numbers than zeros.
 */
function productsOfRows(rows: Float64Array, d: number, filled: "below" | "above"): Float64Array {
  const product = new Float64Array(d * d);
  const above = filled === "above";
  const head = plainRows(d);
  for (let top = 0; top < d; top += top < head ? 1 : TILE) {
    const end = top < head ? top + 1 : top + TILE;
    for (let i = top; i < end; i++) {
      for (let j = 0; j < head && j <= i; j++) {
        let sum = 0;
        for (let t = above ? i : 0; t < (above ? d : j + 1); t++) sum += rows[i * d + t]! * rows[j * d + t]!;
        product[i * d + j] = sum;
      }
    }
    if (top < head) continue;
    const start = above ? top : 0;
    for (let j = head; j < end; j += 2) {
      const length = (above ? d : j + 2) - start;
      subtractDots(product, top * d + j, d, 1, rows, top * d + start, d, rows, j * d + start, d, length);
    }
    // Tiles sum with the sign turned.
    for (let i = top; i < end; i++) for (let j = head; j <= i; j++) product[i * d + j] = 0 - product[i * d + j]!;
  }
  mirrorLower(product, 0, d);
  return product;
}

/**
 * Copies what is below the diagonal of the d×d matrix at `at` to above it.
 *
 * @example
 * ```ts run
 * const m = Float64Array.of(4, 0, 2, 5);
 * mirrorLower(m, 0, 2);
 * m // => Float64Array.of(4, 2, 2, 5)
 * ```
 */
export function mirrorLower(m: Float64Array, at: number, d: number): void {
  for (let top = 0; top < d; top += SQUARE) {
    const bottom = Math.min(top + SQUARE, d);
    for (let left = 0; left <= top; left += SQUARE) {
      for (let i = top; i < bottom; i++) {
        const end = Math.min(left + SQUARE, i);
        for (let j = left; j < end; j++) m[at + j * d + i] = m[at + i * d + j]!;
      }
    }
  }
}
