/** A tridiagonal matrix T and, where asked for, the orthogonal Q of A = Q T Qᵀ. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Element i lies between i − 1 and i; the first is 0. */
  readonly off: Float64Array;
  /** Qᵀ, d×d row-major; empty unless asked for. */
  readonly basis: Float64Array;
}

/**
 * A symmetric matrix to tridiagonal form by Householder reflections, the last row first, so that small elements at the upper left keep their digits.
 * Every loop runs along rows. Yields after each reflection.
 *
 * @param a d×d row-major; it is overwritten
 * @see Golub & Van Loan, Matrix Computations (2013), algorithm 8.3.1
 */
export function* tridiagonal(a: Float64Array, d: number, withBasis: boolean): Generator<void, Tridiagonal> {
  const diagonal = new Float64Array(d);
  const off = new Float64Array(d);
  const factors = new Float64Array(d);
  for (let k = d - 1; k >= 1; k--) {
    factors[k] = reflect(a, d, k, off);
    diagonal[k] = a[k * d + k]!;
    yield;
  }
  if (d > 0) diagonal[0] = a[0]!;
  if (!withBasis) return { diagonal, off, basis: new Float64Array(0) };
  const basis = yield* accumulate(a, d, factors);
  return { diagonal, off, basis };
}

/**
 * Takes row k to (0 … 0, off_k, diagonal) and the leading k×k block to H A H with H = I − β u uᵀ; returns β. u stays in row k, left of the diagonal;
 * it leaves that row's element in `off`.
 */
function reflect(a: Float64Array, d: number, k: number, off: Float64Array): number {
  const row = k * d;
  let scale = 0;
  for (let j = 0; j < k - 1; j++) scale = Math.max(scale, Math.abs(a[row + j]!));
  const last = a[row + k - 1]!;
  off[k] = last;
  if (scale === 0) return 0; // already in form
  scale = Math.max(scale, Math.abs(last));
  let sum = 0;
  for (let j = 0; j < k; j++) {
    const value = a[row + j]! / scale;
    a[row + j] = value;
    sum += value * value;
  }
  const end = a[row + k - 1]!;
  const length = end < 0 ? -Math.sqrt(sum) : Math.sqrt(sum);
  off[k] = -scale * length;
  a[row + k - 1] = end + length;
  const beta = 1 / (sum + end * length);
  rankTwoUpdate(a, d, k, beta);
  return beta;
}

/** The leading k×k block of A minus u qᵀ + q uᵀ, with p = β A u and q = p − (β/2)(uᵀp) u. */
function rankTwoUpdate(a: Float64Array, d: number, k: number, beta: number): void {
  const row = k * d;
  const q = new Float64Array(k);
  let along = 0;
  for (let i = 0; i < k; i++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[i * d + j]! * a[row + j]!;
    q[i] = beta * sum;
    along += q[i]! * a[row + i]!;
  }
  const half = (beta / 2) * along;
  for (let i = 0; i < k; i++) q[i]! -= half * a[row + i]!;
  for (let i = 0; i < k; i++) {
    const u = a[row + i]!;
    const own = q[i]!;
    for (let j = 0; j < k; j++) a[i * d + j]! -= u * q[j]! + own * a[row + j]!;
  }
}

/** Qᵀ = … H₃ H₂ H₁ as rows: each reflection touches the leading block only. */
function* accumulate(a: Float64Array, d: number, factors: Float64Array): Generator<void, Float64Array> {
  const q = new Float64Array(d * d);
  const along = new Float64Array(d);
  for (let i = 0; i < d; i++) q[i * d + i] = 1;
  for (let k = 1; k < d; k++) {
    const row = k * d;
    const beta = factors[k]!;
    if (beta === 0) continue;
    along.fill(0);
    for (let i = 0; i < k; i++) {
      const u = a[row + i]!;
      for (let j = 0; j < k; j++) along[j]! += u * q[i * d + j]!;
    }
    for (let i = 0; i < k; i++) {
      const factor = beta * a[row + i]!;
      for (let j = 0; j < k; j++) q[i * d + j]! -= factor * along[j]!;
    }
    yield;
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) [q[i * d + j], q[j * d + i]] = [q[j * d + i]!, q[i * d + j]!];
  return q;
}
