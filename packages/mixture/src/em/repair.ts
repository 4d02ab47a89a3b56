import type { RowSet } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";
import { inStrides } from "@mixtura/core";
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
export async function repair<H>(
  rows: RowSet<H>,
  kind: CovarianceKind,
  before: MixtureParameters,
  { parameters, empty, failed }: Maximised,
  floors: Floors,
  log: RepairLog,
  pace: Pace,
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
    const spots = await leastLikelyRows(rows, kind, before, reseeded.length, pace);
    means = means.slice();
    weights = weights.map((weight) => weight * (1 - reseeded.length / count));
    const spread = kind.project(overallVariances(rows.survey.variances, floors), d);
    reseeded.forEach((k, index) => {
      means.set(spots[index] ?? new Float64Array(d), k * d);
      weights[k] = 1 / count;
      if (!kind.shared) covariances.set(spread, k * size);
    });
  }
  const { whitening, failed: stillFailed } = whitenBlocks(kind, covariances, count, d);
  // Rounding can still spoil a lifted matrix of enormous condition; its diagonal cannot fail.
  for (const { block } of stillFailed) {
    const safe = kind.project(overallVariances(rows.survey.variances, floors), d);
    covariances.set(safe, block * size);
    kind.whiten(covariances, block * size, whitening, block * size, d);
  }
  return { weights, means, covariances, whitening };
}

/** The rows of least density, in the row set's coordinates, least first. */
async function leastLikelyRows<H>(
  rows: RowSet<H>,
  kind: CovarianceKind,
  parameters: MixtureParameters,
  wanted: number,
  pace: Pace,
): Promise<Float64Array[]> {
  const d = rows.features;
  const components = componentsOf(kind, parameters);
  const found: { density: number; row: Float64Array }[] = [];
  for await (const { handle, host, rowWeights } of rows.chunks()) {
    const densities = await rows.backend.kernels.logDensities(handle, components, { pace });
    await inStrides(host.rows, pace, (start, end) => {
      for (let i = start; i < end; i++) {
        if (rowWeights?.[i] === 0 || (found.length === wanted && densities[i]! >= found.at(-1)!.density)) continue;
        const row = host.data.slice(i * d, (i + 1) * d).map((value, j) => value - rows.origin[j]!);
        found.push({ density: densities[i]!, row });
        found.sort((a, b) => a.density - b.density);
        found.length = Math.min(found.length, wanted);
      }
    });
  }
  return found.map(({ row }) => row);
}
