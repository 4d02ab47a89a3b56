import type { Rows } from "@mixtura/backend/rows";
import { extremes } from "@mixtura/backend/rows";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { Floors } from "./floors.ts";
import { overallVariances } from "./floors.ts";
import { lift } from "./lift.ts";
import type { Maximised } from "./maximise.ts";
import type { MixtureParameters } from "./parameters.ts";
import { componentsOf, whitenBlocks } from "./parameters.ts";
import type { RepairLog } from "./repair-log.ts";

/**
 * Parameters that a next pass can use: covariances that failed to factorise are lifted to the floor, components without mass are put on the
 * least likely rows, with the spread of the whole data. Components that are sound are not touched.
 */
export async function repair(
  rows: Rows,
  kind: CovarianceKind,
  before: MixtureParameters,
  { parameters, empty, failed }: Maximised,
  floors: Floors,
  log: RepairLog,
): Promise<MixtureParameters> {
  const count = parameters.weights.length;
  const d = rows.features;
  const size = kind.blockSize(d);
  const covariances = parameters.covariances.slice();
  for (const { block } of failed) {
    covariances.set(lift(kind, covariances.subarray(block * size, (block + 1) * size), floors.repair), block * size);
    log.floored(block);
  }
  let { weights, means } = parameters;
  const reseeded = empty.filter((k) => log.mayReseed(k));
  if (reseeded.length > 0) {
    const value = { of: "log-density", components: componentsOf(kind, before) } as const;
    const spots = await rows.reduce(value, extremes(reseeded.length, "least"));
    means = means.slice();
    weights = weights.map((weight) => weight * (1 - reseeded.length / count));
    const spread = kind.project(overallVariances(rows.profile.variances, floors), d);
    reseeded.forEach((k, index) => {
      means.set(spots[index]?.row ?? new Float64Array(d), k * d);
      weights[k] = 1 / count;
      if (!kind.shared) covariances.set(spread, k * size);
    });
  }
  const { whitening, failed: stillFailed } = whitenBlocks(kind, covariances, count, d);
  // Rounding can still spoil a lifted matrix of enormous condition; its diagonal cannot fail.
  for (const { block } of stillFailed) {
    const safe = kind.project(overallVariances(rows.profile.variances, floors), d);
    covariances.set(safe, block * size);
    kind.whiten(covariances, block * size, whitening, block * size, d);
  }
  return { weights, means, covariances, whitening };
}
