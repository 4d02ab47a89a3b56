import { CHUNK_ROWS, centroidComponents } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import { translated } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";
import { inStrides } from "@mixtura/core";
import type { ScatterOfRows } from "./scatter.ts";
import { meanVariance } from "./shrink.ts";

/**
 * The share of the target by Ledoit and Wolf: b² / d², where d² = ‖S − μI‖² / p is how far the covariance is from the target, and b² ≤ d² how
 * far it is from the truth, estimated by the spread of the rows' own xxᵀ: (Σ w ‖x‖⁴ / n − ‖S‖²) / (n p). For one feature there is nothing to
 * shrink to, and the share is 0.
 *
 * @remarks One more pass of squared norms, O(n·d); O(n) numbers.
 * @see Ledoit & Wolf, A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate Anal. 88 (2004), §3.3
 */
export async function ledoitWolfShare(rows: RowSet, { location, covariance, weight }: ScatterOfRows, pace: Pace): Promise<number> {
  const d = rows.features;
  const unit = meanVariance(covariance);
  if (d === 1 || !(unit > 0)) return 0;
  // In units of the target, so that fourth powers stay in the range of doubles.
  let toTarget = 0;
  let square = 0;
  covariance.forEach((value, at) => {
    toTarget += (value / unit - (at % (d + 1) === 0 ? 1 : 0)) ** 2;
    square += (value / unit) ** 2;
  });
  const fourth = await fourthPowers(rows, location, unit, pace);
  const toTruth = Math.max(0, (fourth / weight - square) / weight);
  return toTarget > 0 ? Math.min(1, toTruth / toTarget) : 0;
}

/** Σ w (‖x − location‖² / unit)², summed in chunks of CHUNK_ROWS rows, so that blocks give the bits of the whole. */
async function fourthPowers(rows: RowSet, location: Float64Array, unit: number, pace: Pace): Promise<number> {
  const components = centroidComponents(translated(location, rows.origin, -1), 1, {
    shape: "spherical",
    whitening: Float64Array.of(1 / Math.sqrt(unit)),
  });
  let total = 0;
  for await (const { handle, rows: count, rowWeights } of rows.chunks()) {
    const squares = await rows.backend.kernels.squaredMahalanobis(handle, components, { pace });
    let sum = 0;
    await inStrides(count, pace, (start, end) => {
      for (let i = start; i < end; i++) {
        sum += (rowWeights === undefined ? 1 : rowWeights[i]!) * squares[i]! ** 2;
        if ((i + 1) % CHUNK_ROWS !== 0 && i + 1 !== count) continue;
        total += sum;
        sum = 0;
      }
    });
  }
  return total;
}
