import type { Moments } from "@mixtura/backend";
import { invertLower, lowerTimesTranspose, whiteningOfCovariance, whiteningOfPrecision } from "@mixtura/backend/algebra";
import type { CovarianceKind } from "./kind.ts";

/** Every component has a covariance matrix of its own. */
export const full: CovarianceKind = {
  type: "full",
  scatter: "full",
  shape: "full",
  shared: false,
  blockSize: (d) => d * d,
  blockParameters: (d) => (d * (d + 1)) / 2,
  estimate(moments: Moments, k, shifts, regularisation) {
    const { features: d, s0, S2 } = moments;
    const block = new Float64Array(d * d);
    const mass = s0[k]!;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        // Scatter about the old mean, corrected for its distance to the new one; see the numerical rules for when this is repeated.
        const value = S2[(k * d + i) * d + j]! / mass - shifts[k * d + i]! * shifts[k * d + j]!;
        block[i * d + j] = value;
        block[j * d + i] = value;
      }
      block[i * d + i]! += regularisation[i]!;
    }
    return block;
  },
  whiten: whiteningOfCovariance,
  whitenPrecision: whiteningOfPrecision,
  fromWhitening,
  expand: (block) => block.slice(),
  project: (covariance) => covariance.slice(),
};

/** Σ = L Lᵀ with L = W⁻¹. */
export function fromWhitening(whitening: Float64Array, d: number): Float64Array {
  return lowerTimesTranspose(invertLower(whitening, d), d);
}
