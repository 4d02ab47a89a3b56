import type { Cholesky, Moments } from "@mixtura/backend";
import type { CovarianceKind } from "./kind.ts";

/** Every component has a variance per feature; features are independent within a component. */
export const diag: CovarianceKind = {
  type: "diag",
  scatter: "diag",
  shape: "diag",
  shared: false,
  blockSize: (d) => d,
  blockParameters: (d) => d,
  estimate(moments: Moments, k, shifts, regularisation) {
    const { features: d, s0, S2 } = moments;
    const mass = s0[k]!;
    return Float64Array.from({ length: d }, (_, i) => S2[k * d + i]! / mass - shifts[k * d + i]! ** 2 + regularisation[i]!);
  },
  whiten: inverseRoots,
  whitenPrecision: roots,
  fromWhitening: inverseSquares,
  expand(block, d) {
    const matrix = new Float64Array(d * d);
    for (let i = 0; i < d; i++) matrix[i * d + i] = block[i]!;
    return matrix;
  },
  project: (covariance, d) => Float64Array.from({ length: d }, (_, i) => covariance[i * d + i]!),
};

/** 1 / √v of every variance, or the first that is not positive. */
export function inverseRoots(variances: Float64Array): Cholesky {
  return firstNotPositive(variances) ?? { ok: true, factor: variances.map((value) => 1 / Math.sqrt(value)) };
}

/** √p of every precision, or the first that is not positive. */
export function roots(precisions: Float64Array): Cholesky {
  return firstNotPositive(precisions) ?? { ok: true, factor: precisions.map(Math.sqrt) };
}

/** 1 / w² of every whitening factor: the variances. */
export function inverseSquares(whitening: Float64Array): Float64Array {
  return whitening.map((value) => 1 / (value * value));
}

/** The first value that is not a positive number, as a failed pivot. */
function firstNotPositive(values: Float64Array): Extract<Cholesky, { ok: false }> | undefined {
  const index = values.findIndex((value) => !(value > 0 && value < Infinity));
  return index === -1 ? undefined : { ok: false, index, pivot: values[index]! };
}
