import { shrinkageEstimator } from "../fit.ts";
import { oasShrinkage } from "../oas-shrinkage.ts";
import type { OASOptions } from "../options.ts";
import { oasOptions } from "../options.ts";

/**
 * Oracle approximating shrinkage: (1 − s) S + s (tr S / d) I with the coefficient s that is best for Gaussian rows. For these it is closer to the truth
 * than {@link LedoitWolf} where rows are few.
 *
 * The target knows nothing of units: bring features to a common scale first.
 *
 * @example
 * ```ts run
 * const X = [[1, 2, 0], [2, 1, 1], [3, 4, 1], [4, 3, 3], [6, 5, 2]];
 * const model = await new OAS().fit(X);
 * model.shrinkage // ≈ 0.7361427486712225
 * const paper = await new OAS({ formula: "paper" }).fit(X);
 * paper.shrinkage // ≈ 0.5963838268792712
 * ```
 * @remarks Costs what {@link EmpiricalCovariance} costs.
 * @see Chen, Wiesel, Eldar & Hero, Shrinkage algorithms for MMSE covariance estimation (2010)
 */
export class OAS extends shrinkageEstimator<"OAS", OASOptions, typeof oasOptions>({
  type: "OAS",
  summary: "Covariance shrunk by the coefficient that is best for Gaussian rows; for many features or few rows.",
  options: oasOptions,
  shrinkageOf: (_, scatter, { formula }) => oasShrinkage(scatter, formula),
}) {}
