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
  expand: (block, d) => shapes.spherical.triangle(block, 0, d),
  project(covariance, d) {
    let trace = 0;
    let equal = true;
    for (let i = 0; i < d; i++) {
      trace += covariance[i * (d + 1)]!;
      equal &&= covariance[i * (d + 1)] === covariance[0];
    }
    return Float64Array.of(equal ? covariance[0]! : trace / d); // what is spherical already stays as it is, to the bit
  },
  addSquare(vectors, from, d, factor, target, at) {
    for (let i = 0; i < d; i++) target[at]! += (factor * vectors[from + i]! * vectors[from + i]!) / d;
  },
};
