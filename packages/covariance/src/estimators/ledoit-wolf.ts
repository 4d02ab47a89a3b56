import { shrinkageEstimator } from "../fit.ts";
import { ledoitWolfShrinkage } from "../ledoit-wolf-shrinkage.ts";
import type { LedoitWolfOptions } from "../options.ts";
import { ledoitWolfOptions } from "../options.ts";

/**
 * The shrunk covariance (1 − s) S + s (tr S / d) I with the coefficient s of least expected squared error, estimated from the rows themselves. Well
 * conditioned also where there are more features than rows.
 *
 * The target knows nothing of units: bring features to a common scale first.
 *
 * @example
 * ```ts run
 * const X = [[1, 2, 0], [2, 1, 1], [3, 4, 1], [4, 3, 3], [6, 5, 2]];
 * const model = await new LedoitWolf().fit(X);
 * model.shrinkage // ≈ 0.3487471526195899
 * ```
 * @remarks Costs what {@link EmpiricalCovariance} costs, and one more pass of squared norms.
 * @see Ledoit & Wolf, A well-conditioned estimator for large-dimensional covariance matrices (2004)
 */
export class LedoitWolf extends shrinkageEstimator<"LedoitWolf", LedoitWolfOptions, typeof ledoitWolfOptions>({
  type: "LedoitWolf",
  summary: "Covariance shrunk by the coefficient that Ledoit and Wolf estimate from the rows; for many features or few rows.",
  options: ledoitWolfOptions,
  shrinkageOf: ({ rows }, scatter) => ledoitWolfShrinkage(rows, scatter),
}) {}
