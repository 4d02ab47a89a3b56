import type { Moments } from "@mixtura/backend";
import {
  invertLower,
  lowerTimesTranspose,
  mirrorLower,
  shapes,
  whitenCovariance,
  whiteningOfPrecision,
} from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "./kind.ts";
import { isAboveLeast } from "./above.ts";

/** Every component has a covariance matrix of its own. */
export const full: CovarianceKind = {
  type: "full",
  meaning: "each component has its own shape and orientation",
  standard: true,
  scatter: "full",
  shape: "full",
  shared: false,
  wider: "full",
  comparesUnits: false,
  rank: 2,
  leastRows: (features) => features + 1,
  pooledRows: () => 0,
  blockParameters: (d) => (d * (d + 1)) / 2,
  varianceAt: (j, d) => j * (d + 1),
  estimate(moments: Moments, k, shifts, regularisation, target, at) {
    const { features: d, s0, S2 } = moments;
    const mass = s0[k]!;
    const from = k * d * d;
    const shift = k * d;
    for (let i = 0, row = 0; i < d; i++, row += d) {
      const own = shifts[shift + i]!;
      // Scatter about the old mean, corrected for its distance to the new one; see the numerical rules for when this is repeated.
      for (let j = 0; j <= i; j++) target[at + row + j] = S2[from + row + j]! / mass - own * shifts[shift + j]!;
      target[at + row + i]! += regularisation[i]!;
    }
    mirrorLower(target, at, d);
  },
  whiten: whitenCovariance,
  isAbove: isAboveLeast,
  // Eigenvalues are for those who fit; a page that scores does without.
  raised: async (block, least, pace) => (await import("./raise.ts")).raisedMatrix(block, least, pace),
  whitenPrecision: whiteningOfPrecision,
  fromWhitening,
  expand: (block) => block.slice(),
  project: (covariance) => covariance.slice(),
  ofVariances: (variances) => shapes.diag.triangle(variances, 0, variances.length),
  addSquare(vectors, from, d, factor, target, at) {
    for (let i = 0; i < d; i++) {
      const value = factor * vectors[from + i]!;
      for (let j = 0; j < d; j++) target[at + i * d + j]! += value * vectors[from + j]!;
    }
  },
};

/** Σ = L Lᵀ with L = W⁻¹. */
function fromWhitening(whitening: Float64Array, d: number): Float64Array {
  return lowerTimesTranspose(invertLower(whitening, d), d);
}
