import type { Moments } from "@mixtura/backend";
import { diag, inverseRoots, inverseSquares, roots } from "./diag.ts";
import type { CovarianceKind } from "./kind.ts";

/** Every component has one variance, the same for all features. */
export const spherical: CovarianceKind = {
  type: "spherical",
  meaning: "each component has one spread, the same for every feature",
  scatter: "spherical",
  shape: "spherical",
  shared: false,
  blockSize: () => 1,
  blockParameters: () => 1,
  varianceAt: () => 0,
  estimate(moments: Moments, k, shifts, regularisation, target, at) {
    const { features: d, s0, S2 } = moments;
    let total = S2[k]! / s0[k]!;
    for (let i = 0; i < d; i++) total += regularisation[i]! - shifts[k * d + i]! ** 2;
    target[at] = total / d;
  },
  whiten: (source, from, target, to) => inverseRoots(source, from, target, to, 1),
  whitenPrecision: roots,
  fromWhitening: inverseSquares,
  expand: (block, d) => diag.expand(new Float64Array(d).fill(block[0]!), d),
  project(covariance, d) {
    let trace = 0;
    for (let i = 0; i < d; i++) trace += covariance[i * d + i]!;
    return Float64Array.of(trace / d);
  },
};
