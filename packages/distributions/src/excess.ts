/**
 * e − log(1 + e) ≥ 0 without cancellation: what a Γ or B density loses where its argument is 1 + e times the mode.
 *
 * With r = e / (2 + e), log(1 + e) = 2 (r + r³/3 + r⁵/5 + …) and e − 2r = e r.
 *
 * @param ratio 1 + e, where it is known more exactly than as the sum
 * @see Didonato & Morris, Algorithm 708, ACM Trans. Math. Softw. 18 (1992): RLOG1
 */
export function excess(e: number, ratio = 1 + e): number {
  if (!(Math.abs(e) < 0.5)) return e - Math.log(ratio);
  const r = e / (2 + e);
  const square = r * r;
  let power = square;
  let sum = 0;
  for (let k = 3; power > 1e-18 * square; k += 2) {
    sum += power / k;
    power *= square;
  }
  return r * (e - 2 * sum);
}
