import type { Moments } from "@mixtura/backend";
import { diag } from "./diag.ts";
import type { CovarianceKind } from "./kind.ts";

/** All components share one variance per feature. */
export const tiedDiag: CovarianceKind = {
  ...diag,
  type: "tied-diag",
  meaning: "all components share one spread per feature; within a component the features are uncorrelated",
  standard: false,
  shared: true,
  leastRows: () => 1,
  pooledRows: () => 1,
  wider: "diag",
  estimate({ features: d, count, s0, S2 }: Moments, _block, shifts, regularisation, target, at) {
    let mass = 0;
    for (let k = 0; k < count; k++) mass += s0[k]!;
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0, from = j; k < count; k++, from += d) sum += S2[from]! - s0[k]! * shifts[from]! ** 2;
      target[at + j] = sum / mass + regularisation[j]!;
    }
  },
};
