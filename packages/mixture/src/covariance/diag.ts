import type { Moments } from "@mixtura/backend";
import type { Cholesky, FailedPivot } from "@mixtura/backend/internal/factors";
import { shapes } from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "./kind.ts";

/** Every component has a variance per feature; features are independent within a component. */
export const diag: CovarianceKind = {
  type: "diag",
  meaning: "each component has its own spread per feature; within a component the features are uncorrelated",
  standard: true,
  scatter: "diag",
  shape: "diag",
  shared: false,
  wider: "diag",
  comparesUnits: false,
  rank: 1,
  leastRows: () => 2,
  pooledRows: () => 0,
  blockParameters: (d) => d,
  varianceAt: (j) => j,
  estimate(moments: Moments, k, shifts, regularisation, target, at) {
    const { features: d, s0, S2 } = moments;
    const mass = s0[k]!;
    const from = k * d;
    for (let i = 0; i < d; i++) target[at + i] = S2[from + i]! / mass - shifts[from + i]! ** 2 + regularisation[i]!;
  },
  whiten: inverseRoots,
  isAbove: (block, _whitening, least) => block.every((variance, j) => variance >= least[j]!),
  raised: async (block, least) => block.map((variance, j) => (variance >= least[j]! ? variance : least[j]!)),
  whitenPrecision: roots,
  fromWhitening: inverseSquares,
  expand: (block, d) => shapes.diag.triangle(block, 0, d),
  project: (covariance, d) => shapes.full.diagonal(covariance, 0, d),
  ofVariances: (variances) => variances.slice(),
  addSquare(vectors, from, d, factor, target, at) {
    for (let i = 0; i < d; i++) target[at + i]! += factor * vectors[from + i]! * vectors[from + i]!;
  },
};

/** Writes 1 / √v of every variance; or zeros, and returns the first that is not positive. */
export function inverseRoots(
  variances: Float64Array,
  from: number,
  target: Float64Array,
  to: number,
  count: number,
): FailedPivot | undefined {
  for (let i = 0; i < count; i++) {
    const variance = variances[from + i]!;
    if (!(variance > 0 && variance < Infinity)) {
      target.fill(0, to, to + count);
      return { ok: false, index: i, pivot: variance };
    }
    target[to + i] = 1 / Math.sqrt(variance);
  }
  return undefined;
}

/** √p of every precision, or the first that is not positive. */
export function roots(precisions: Float64Array): Cholesky {
  const index = precisions.findIndex((value) => !(value > 0 && value < Infinity));
  return index === -1 ? { ok: true, factor: precisions.map(Math.sqrt) } : { ok: false, index, pivot: precisions[index]! };
}

/** 1 / w² of every whitening factor: the variances. */
export function inverseSquares(whitening: Float64Array): Float64Array {
  return whitening.map((value) => 1 / (value * value));
}
