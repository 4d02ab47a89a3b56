import type { Moments } from "@mixtura/backend";
import { mirrorLower } from "@mixtura/backend/internal/factors";
import { full } from "./full.ts";
import type { CovarianceKind } from "./kind.ts";

/** All components share one covariance matrix. */
export const tied: CovarianceKind = {
  ...full,
  type: "tied",
  meaning: "all components share one shape and orientation",
  scatter: "pooled",
  shared: true,
  leastRows: () => 1,
  pooledRows: (features) => features,
  estimate(moments: Moments, _block, shifts, regularisation, target, at) {
    const { features: d, count, s0, S2 } = moments;
    let mass = 0;
    for (let k = 0; k < count; k++) mass += s0[k]!;
    for (let i = 0, row = 0; i < d; i++, row += d) {
      for (let j = 0; j <= i; j++) target[at + row + j] = S2[row + j]!;
      for (let k = 0, shift = 0; k < count; k++, shift += d) {
        const own = s0[k]! * shifts[shift + i]!;
        for (let j = 0; j <= i; j++) target[at + row + j]! -= own * shifts[shift + j]!;
      }
      for (let j = 0; j <= i; j++) target[at + row + j]! /= mass;
      target[at + row + i]! += regularisation[i]!;
    }
    mirrorLower(target, at, d);
  },
};
