/** QL steps that one eigenvalue may take; two or three are usual, thirty were never seen. */
const MAX_STEPS = 60;

/**
 * Eigenvalues of a tridiagonal matrix by implicit QL steps with Wilkinson's shift, in place: `diagonal` becomes the values, unordered, and the rows of
 * `basis` (Qᵀ; empty where vectors are not wanted) the vectors. Yields after each step of O(d²).
 *
 * @param off element i lies between i − 1 and i; it is overwritten
 * @see Golub & Van Loan, Matrix Computations (2013), §8.3.5
 */
export function* diagonalise(diagonal: Float64Array, off: Float64Array, basis: Float64Array, d: number): Generator<void> {
  // Element i between i and i + 1 from here on.
  off.copyWithin(0, 1);
  if (d > 0) off[d - 1] = 0;
  for (let first = 0; first < d; first++) {
    for (let step = 0; step < MAX_STEPS; step++) {
      const last = endOfBlock(diagonal, off, first, d);
      if (last === first) break;
      qlStep(diagonal, off, basis, first, last, d);
      yield;
    }
  }
}

/** The row at which the block that begins at `first` comes apart: what couples it to the next is below the rounding of both. */
function endOfBlock(diagonal: Float64Array, off: Float64Array, first: number, d: number): number {
  for (let row = first; row < d - 1; row++) {
    // By the two neighbours and not by the whole matrix: small values keep their digits.
    const scale = Math.sqrt(Math.abs(diagonal[row]!)) * Math.sqrt(Math.abs(diagonal[row + 1]!));
    if (Math.abs(off[row]!) <= 2 ** -53 * scale || off[row] === 0) return row;
  }
  return d - 1;
}

/** One QL step on the rows from `first` to `last`, chased upwards by rotations. */
function qlStep(diagonal: Float64Array, off: Float64Array, basis: Float64Array, first: number, last: number, d: number): void {
  const half = (diagonal[first + 1]! - diagonal[first]!) / (2 * off[first]!);
  const shift = diagonal[first]! - off[first]! / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
  let bulge = diagonal[last]! - shift;
  let [cosine, sine, carried] = [1, 1, 0];
  for (let row = last - 1; row >= first; row--) {
    const across = sine * off[row]!;
    const along = cosine * off[row]!;
    const length = Math.hypot(across, bulge);
    off[row + 1] = length;
    if (length === 0) {
      // The block came apart on the way.
      diagonal[row + 1]! -= carried;
      off[last] = 0;
      return;
    }
    sine = across / length;
    cosine = bulge / length;
    const rest = diagonal[row + 1]! - carried;
    const turned = (diagonal[row]! - rest) * sine + 2 * cosine * along;
    carried = sine * turned;
    diagonal[row + 1] = rest + carried;
    bulge = cosine * turned - along;
    if (basis.length > 0) rotateRows(basis, row * d, (row + 1) * d, d, cosine, sine);
  }
  diagonal[first]! -= carried;
  off[first] = bulge;
  off[last] = 0;
}

function rotateRows(basis: Float64Array, lower: number, upper: number, d: number, cosine: number, sine: number): void {
  for (let index = 0; index < d; index++) {
    const a = basis[lower + index]!;
    const b = basis[upper + index]!;
    basis[upper + index] = sine * a + cosine * b;
    basis[lower + index] = cosine * a - sine * b;
  }
}
