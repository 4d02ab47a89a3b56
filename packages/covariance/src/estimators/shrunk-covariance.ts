import { shrinkageEstimator } from "../fit.ts";
import type { ShrunkCovarianceOptions } from "../options.ts";
import { shrunkCovarianceOptions } from "../options.ts";

/**
 * A covariance between the empirical one S and a multiple of the identity: (1 − s) S + s (tr S / d) I, with a coefficient s that you choose.
 *
 * The target knows nothing of units: bring features to a common scale first.
 *
 * @example
 * ```ts run
 * const model = await new ShrunkCovariance({ shrinkage: 0.5 }).fit(
 *   [[-2, 0], [2, 0], [0, -1], [0, 1]],
 * );
 * model.covariance.data // => [1.625, 0, 0, 0.875]
 * ```
 * @remarks Costs what {@link EmpiricalCovariance} costs.
 */
export class ShrunkCovariance extends shrinkageEstimator<"ShrunkCovariance", ShrunkCovarianceOptions, typeof shrunkCovarianceOptions>({
  type: "ShrunkCovariance",
  summary: "Covariance shrunk towards a multiple of the identity by a given coefficient.",
  options: shrunkCovarianceOptions,
  shrinkageOf: (_, __, { shrinkage }) => shrinkage,
}) {}
