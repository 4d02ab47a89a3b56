import type { Rows } from "@mixtura/backend/authoring";
import { centroidComponents } from "@mixtura/backend/internal/factors";
import { sumOf } from "@mixtura/backend/internal/rows";
import type { ScatterOfRows } from "./scatter.ts";
import { meanVariance } from "./shrink.ts";

/**
 * The shrinkage coefficient of Ledoit and Wolf: b² / d², where d² = ‖S − μI‖² / p is how far the covariance is from the target, and b² ≤ d² how
 * far it is from the truth, estimated by the spread of the rows' own xxᵀ: (Σ w ‖x‖⁴ / n − ‖S‖²) / (n p). For one feature there is nothing to
 * shrink to, and the coefficient is 0.
 *
 * @remarks One more pass of squared norms, O(n·d); O(n) numbers.
 * @see Ledoit & Wolf, A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate Anal. 88 (2004), §3.3
 */
export async function ledoitWolfShrinkage(rows: Rows, { centre, covariance, weight }: ScatterOfRows): Promise<number> {
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
  const fourth = await fourthPowers(rows, centre, unit);
  const toTruth = Math.max(0, (fourth / weight - square) / weight);
  return toTarget > 0 ? Math.min(1, toTruth / toTarget) : 0;
}

/** Σ w (‖x − centre‖² / unit)². */
async function fourthPowers(rows: Rows, centre: Float64Array, unit: number): Promise<number> {
  const metric = { shape: "spherical", whitening: Float64Array.of(1 / Math.sqrt(unit)) } as const;
  const components = centroidComponents(centre, 1, metric);
  const [total] = await rows.reduce({ of: "squared-distance", components }, sumOf("square"));
  return total!;
}
