import { shrinkageEstimator } from "../fit.ts";
import type { EmpiricalCovarianceOptions } from "../options.ts";
import { empiricalCovarianceOptions } from "../options.ts";

/**
 * The maximum-likelihood covariance: Σ w (x − mean)(x − mean)ᵀ / Σ w, which divides by n and not by n − 1.
 *
 * With few rows for the features it is a poor estimate, and with n ≤ d a singular one: {@link LedoitWolf} and {@link OAS} are better then.
 *
 * @example
 * ```ts run
 * const model = await new EmpiricalCovariance().fit(
 *   [[1, 10], [2, 30], [3, 20]],
 * );
 * model.location // => [2, 20]
 * model.covariance.data // ≈ [2 / 3, 10 / 3, 10 / 3, 200 / 3]
 * model.point.squaredMahalanobis([3, 10]) // ≈ 6
 * ```
 * @remarks O(n·d²) time in one pass after a profile of the columns; in addition to the data one centred copy of it and O(d²) numbers.
 */
export class EmpiricalCovariance extends shrinkageEstimator<
  "EmpiricalCovariance",
  EmpiricalCovarianceOptions,
  typeof empiricalCovarianceOptions
>({
  type: "EmpiricalCovariance",
  summary: "Location and covariance by maximum likelihood.",
  options: empiricalCovarianceOptions,
}) {}
