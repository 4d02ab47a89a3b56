import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import { createRandom } from "@mixtura/core/authoring";

/** The directions in which rows are spread the most. */
export interface PrincipalAxes {
  /** Variances along them, the larger first. */
  readonly values: readonly [number, number];
  /** Orthonormal, of d numbers each. */
  readonly vectors: readonly [Float64Array, Float64Array];
}

/** Vectors of a Krylov space before it is started anew from its best one. */
const KRYLOV = 40;
/** Starts anew, at most: what has not settled by then differs in directions that are spread alike to many digits. */
const STARTS = 12;
/** A direction counts as settled where what the matrix makes of it leaves it by less than this part of the largest variance. */
const SETTLED = 1e-10;

/**
 * The two eigenvectors of ZᵀZ/n with the largest eigenvalues: a Lanczos iteration in full orthogonality for the first, and another for the second among
 * what is orthogonal to the first, so that equal eigenvalues are found as often as they are there. The d×d matrix is never made.
 *
 * @param Z n×d row-major, centred, of moderate size; d ≥ 2
 * @returns the same for the same rows, to the bit
 * @remarks O(n·d) per multiplication, some 40 to 200 of them; O(d) memory.
 * @see Golub & Van Loan, Matrix Computations (2013), §10.1–10.3
 */
export function principalAxes(Z: Float64Array, n: number, d: number): PrincipalAxes {
  const times = (v: Float64Array): Float64Array => covarianceTimes(Z, n, d, v);
  const first = leading(times, d, [], 0);
  const second = leading(times, d, [first.vector], first.value);
  return { values: [first.value, second.value], vectors: [first.vector, second.vector] };
}

interface Axis {
  readonly value: number;
  readonly vector: Float64Array;
}

/** The leading eigenvector among what is orthogonal to those found. */
function leading(times: (v: Float64Array) => Float64Array, d: number, found: readonly Float64Array[], largest: number): Axis {
  // Drawn, since a start that is orthogonal to an eigenvector, as round ones may be, does not find it; and multiplied once, which leaves out features
  // without a spread to the last digit.
  const random = createRandom(1 + found.length);
  let start = times(Float64Array.from({ length: d }, () => random.normal()));
  let best: Axis = { value: 0, vector: start };
  for (let count = 0; count < STARTS; count++) {
    const space = krylov(times, start, Math.min(KRYLOV, d - found.length), found);
    if (space === undefined) break;
    const { basis, images } = space;
    const m = basis.length;
    const small = Float64Array.from({ length: m * m }, (_, at) => {
      const [i, j] = [Math.floor(at / m), at % m];
      return (dot(basis[i]!, images[j]!) + dot(basis[j]!, images[i]!)) / 2;
    });
    const { values, vectors } = symmetricEigen(small, m);
    const value = values[m - 1]!;
    const weights = basis.map((_, i) => vectors[i * m + m - 1]!);
    const vector = combined(basis, weights);
    const image = combined(images, weights);
    best = { value, vector };
    const rest = Math.hypot(...residual(image, vector, value, found));
    if (rest <= SETTLED * Math.max(value, largest)) break;
    start = vector;
  }
  // No spread is left: any direction will do, and a feature's own is the plainest.
  return best.value > SETTLED * largest && best.value > 0 ? best : { value: 0, vector: plainest(d, found) };
}

/** An orthonormal basis of v, Av, A²v …, and what A makes of each; absent where nothing of v is left. */
function krylov(
  times: (v: Float64Array) => Float64Array,
  start: Float64Array,
  most: number,
  found: readonly Float64Array[],
): { readonly basis: Float64Array[]; readonly images: Float64Array[] } | undefined {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  let next = orthogonal(start, found);
  while (basis.length < most && next !== undefined) {
    basis.push(next);
    const image = times(next);
    images.push(image);
    next = orthogonal(image, [...found, ...basis]);
  }
  return basis.length === 0 ? undefined : { basis, images };
}

/** What of a vector is orthogonal to others, at length 1; absent where that is rounding. Twice, which is enough (Kahan and Parlett). */
function orthogonal(vector: Float64Array, others: readonly Float64Array[]): Float64Array | undefined {
  const out = vector.slice();
  const before = Math.sqrt(dot(vector, vector));
  for (let round = 0; round < 2; round++) {
    for (const other of others) {
      const along = dot(out, other);
      for (let j = 0; j < out.length; j++) out[j]! -= along * other[j]!;
    }
  }
  const length = Math.sqrt(dot(out, out));
  return length > 1e-12 * before ? out.map((value) => value / length) : undefined;
}

/** What an image has besides the vector itself, among what is orthogonal to those found. */
function residual(image: Float64Array, vector: Float64Array, value: number, found: readonly Float64Array[]): Float64Array {
  const out = image.map((part, j) => part - value * vector[j]!);
  for (const other of found) {
    const along = dot(out, other);
    for (let j = 0; j < out.length; j++) out[j]! -= along * other[j]!;
  }
  return out;
}

/** The feature that lies farthest from those found, made orthogonal to them. */
function plainest(d: number, found: readonly Float64Array[]): Float64Array {
  const covered = Float64Array.from({ length: d }, (_, j) => found.reduce((sum, other) => sum + other[j]! ** 2, 0));
  const unit = new Float64Array(d);
  unit[covered.indexOf(covered.reduce((least, value) => Math.min(least, value)))] = 1;
  return orthogonal(unit, found)!;
}

function combined(vectors: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(vectors[0]!.length);
  for (const [i, vector] of vectors.entries()) for (let j = 0; j < out.length; j++) out[j]! += weights[i]! * vector[j]!;
  return out;
}

function covarianceTimes(Z: Float64Array, n: number, d: number, v: Float64Array): Float64Array {
  const out = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += Z[row * d + j]! * v[j]!;
    sum /= n;
    for (let j = 0; j < d; j++) out[j]! += sum * Z[row * d + j]!;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
