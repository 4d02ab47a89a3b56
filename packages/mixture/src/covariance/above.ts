import { cholesky } from "@mixtura/backend/internal/factors";

/**
 * Whether Σ ⪰ diag(D).
 *
 * With W of W Σ Wᵀ = I, the eigenvalues of Σ in units of D exceed 1 when those of its inverse sum to less: Σᵢⱼ Wᵢⱼ² Dⱼ ≤ 1 spares a factorisation.
 *
 * @param covariance d×d, symmetric
 * @param whitening of the same block; zeros where its pivot failed
 * @remarks O(d²), or O(d³) near the limit.
 */
export function isAboveLeast(covariance: Float64Array, whitening: Float64Array, least: Float64Array): boolean {
  const d = least.length;
  let trace = 0;
  for (let i = 0, at = 0; i < d; i++) for (let j = 0; j < d; j++, at++) trace += whitening[at]! * whitening[at]! * least[j]!;
  if (trace <= 1 && whitening[0] !== 0) return true;
  if (least.some((value) => value === 0)) return whitening[0] !== 0; // no limit in some direction
  const above = inUnitsOf(covariance, least);
  for (let i = 0; i < d; i++) above[i * d + i]! -= 1 - SLACK;
  return cholesky(above, d).ok;
}

/** What was raised stays where it is: rounding of its eigenvalues. */
const SLACK = 1e-9;

/** Each feature in units of the root of its limit. */
export function inUnitsOf(covariance: Float64Array, least: Float64Array): Float64Array {
  const d = least.length;
  return covariance.map((value, at) => value / Math.sqrt(least[Math.floor(at / d)]!) / Math.sqrt(least[at % d]!));
}
