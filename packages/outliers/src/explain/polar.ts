/** Sweeps after which columns are orthogonal to rounding, with room to spare. */
const MOST_SWEEPS = 60;

/**
 * The orthogonal factor Q of the polar decomposition A = H Q, with H symmetric and positive definite: the rotation that is nearest to A.
 *
 * One-sided Jacobi rotations make the columns of A V orthogonal; scaled to length one they are the left singular vectors, for any singular
 * values' sizes, so that Q is orthogonal to rounding however ill-conditioned A is.
 *
 * @param a d×d row-major, not singular
 * @returns d×d row-major
 * @remarks O(d³) per sweep, about 6 to 10 sweeps.
 * @see Golub & Van Loan, Matrix Computations (2013), §8.6.3 and §9.4.3
 */
export function nearestRotation(a: Float64Array, d: number): Float64Array {
  // Column after column, each followed by that of V.
  const columns = Array.from({ length: d }, (_, j) =>
    Float64Array.from({ length: 2 * d }, (_, i) => (i < d ? a[i * d + j]! : Number(i - d === j))),
  );
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < d - 1; p++) for (let q = p + 1; q < d; q++) turned = turn(columns[p]!, columns[q]!, d) || turned;
    if (!turned) break;
  }
  const rotation = new Float64Array(d * d);
  for (const column of columns) {
    let length = 0;
    for (let i = 0; i < d; i++) length += column[i]! ** 2;
    length = Math.sqrt(length);
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) rotation[i * d + j]! += (column[i]! / length) * column[d + j]!;
  }
  return rotation;
}

/** Makes two columns orthogonal; says whether they were not. */
function turn(left: Float64Array, right: Float64Array, d: number): boolean {
  let [alpha, beta, gamma] = [0, 0, 0];
  for (let i = 0; i < d; i++) {
    alpha += left[i]! * left[i]!;
    beta += right[i]! * right[i]!;
    gamma += left[i]! * right[i]!;
  }
  if (Math.abs(gamma) <= 2 ** -52 * Math.sqrt(alpha) * Math.sqrt(beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(zeta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < 2 * d; i++) {
    const [x, y] = [left[i]!, right[i]!];
    left[i] = c * x - s * y;
    right[i] = s * x + c * y;
  }
  return true;
}
