import type { Moments } from "@mixtura/backend";
import { shapes } from "@mixtura/backend/internal/factors";
import { inverseRoots, inverseSquares, roots } from "./diag.ts";
import type { CovarianceKind } from "./kind.ts";

/** Every component has one variance, the same for all features. */
export const spherical: CovarianceKind = {
  type: "spherical",
  meaning: "each component has one spread, the same for every feature",
  standard: true,
  scatter: "spherical",
  shape: "spherical",
  shared: false,
  wider: "diag",
  comparesUnits: true,
  rank: 0,
  leastRows: () => 2,
  pooledRows: () => 0,
  blockParameters: () => 1,
  varianceAt: () => 0,
  estimate(moments: Moments, k, shifts, regularisation, target, at) {
    const { features: d, s0, S2 } = moments;
    let total = S2[k]! / s0[k]!;
    for (let i = 0; i < d; i++) total += regularisation[i]! - shifts[k * d + i]! ** 2;
    target[at] = total / d;
  },
  whiten: (source, from, target, to) => inverseRoots(source, from, target, to, 1),
  isAbove: (block, _whitening, least) => least.every((limit) => block[0]! >= limit),
  raised: async (block, least) => Float64Array.of(least.reduce((most, limit) => (most >= limit ? most : limit), block[0]!)),
  whitenPrecision: roots,
  fromWhitening: inverseSquares,
  expand: (block, d) => shapes.spherical.triangle(block, 0, d),
  project: (covariance, d) => meanOf(shapes.full.diagonal(covariance, 0, d)),
  ofVariances: meanOf,
  addSquare(vectors, from, d, factor, target, at) {
    for (let i = 0; i < d; i++) target[at]! += (factor * vectors[from + i]! * vectors[from + i]!) / d;
  },
};

/** The mean variance. What is spherical already stays as it is, to the bit. */
function meanOf(variances: Float64Array): Float64Array {
  const sum = variances.reduce((total, variance) => total + variance, 0);
  return Float64Array.of(variances.every((variance) => variance === variances[0]) ? variances[0]! : sum / variances.length);
}
