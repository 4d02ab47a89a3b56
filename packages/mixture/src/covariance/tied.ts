import type { Moments } from "@mixtura/backend";
import { whiteningOfCovariance, whiteningOfPrecision } from "@mixtura/backend/algebra";
import { fromWhitening } from "./full.ts";
import type { CovarianceKind } from "./kind.ts";

/** All components share one covariance matrix. */
export const tied: CovarianceKind = {
  type: "tied",
  scatter: "pooled",
  shape: "full",
  shared: true,
  blockSize: (d) => d * d,
  blockParameters: (d) => (d * (d + 1)) / 2,
  estimate(moments: Moments, _block, shifts, regularisation) {
    const { features: d, count, s0, S2 } = moments;
    const block = new Float64Array(d * d);
    const mass = s0.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        let value = S2[i * d + j]!;
        for (let k = 0; k < count; k++) value -= s0[k]! * shifts[k * d + i]! * shifts[k * d + j]!;
        block[i * d + j] = value / mass;
        block[j * d + i] = value / mass;
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
