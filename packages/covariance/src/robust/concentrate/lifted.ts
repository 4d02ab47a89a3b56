import { symmetricEigen } from "@mixtura/backend/algebra";

/** The least spread that is left, as a share of the largest: a direction without any is a thousandth as wide. */
const LEAST_SHARE = 1e-6;

/**
 * A covariance with its eigenvalues raised to a millionth of the largest at least, so that distances stay finite. Where there is no spread at
 * all, that is a millionth of the unit.
 *
 * @param covariance in standardised coordinates
 */
export function lifted(covariance: Float64Array, p: number): Float64Array {
  const { values, vectors } = symmetricEigen(covariance, p);
  const floor = LEAST_SHARE * (values[p - 1]! > 0 ? values[p - 1]! : 1);
  const out = covariance.slice();
  for (let k = 0; k < p; k++) {
    const missing = floor - values[k]!;
    if (!(missing > 0)) continue;
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) out[i * p + j]! += missing * vectors[i * p + k]! * vectors[j * p + k]!;
  }
  return out;
}
