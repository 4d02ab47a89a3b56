import { defineBackendEstimator } from "@mixtura/backend/authoring";
import { FittedRobustCovariance } from "../model.ts";
import type { MRCDOptions } from "../options.ts";
import { checkSupport, MRCD_TYPE, mrcdOptions, ROWS_NEEDED } from "../options.ts";

/**
 * The minimum regularised covariance determinant: ρ T + (1 − ρ) c S for the h rows for which it has the least determinant, with S their covariance, T
 * a target on features of robust scale 1, and c what makes up for the rows left out. Defined for any number of features, also above that of the
 * rows, and always well conditioned.
 *
 * ρ is as small as a condition number allows. Nothing is drawn, and rows in another order give the same bits. Distances under it are not χ²
 * distributed.
 *
 * @example
 * ```ts run
 * // Five features, eight rows, of which the last two are odd.
 * const X = [
 *   [1, 2, 3, 4, 5], [2, 3, 3, 5, 4], [1, 3, 2, 4, 4], [2, 2, 3, 4, 6],
 *   [3, 2, 2, 5, 5], [2, 1, 3, 5, 5], [9, -9, 9, -9, 0],
 *   [9, -8, 8, -9, 0],
 * ];
 * const model = await new MRCD({ supportCount: 6 }).fit(X);
 * model.support // => Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0)
 * model.regularization!.rho > 0 // => true
 * ```
 * @example
 * ```ts run
 * new MRCD({ maxCondition: 100 }).with({ target: "equicorrelation" })
 *   .options.maxCondition // => 100
 * ```
 * @remarks Weights must be whole numbers: a row of weight w is w rows. A source of blocks is rejected with `not-supported`. O(n p² + p³) per start and step; where p ≥ n, O(n² p + n³), and the p² pairs of features up to p = 400.
 * @see Boudt, Rousseeuw, Vanduffel & Verdonck, The minimum regularized covariance determinant estimator, Statistics and Computing 30 (2020)
 */
export class MRCD extends defineBackendEstimator<MRCDOptions, typeof mrcdOptions, FittedRobustCovariance<typeof MRCD_TYPE>>({
  type: MRCD_TYPE,
  summary: "Location and covariance of the bulk of the rows, drawn towards a target: for few rows or many features.",
  capabilities: ["density", "sampling", "weights"],
  options: mrcdOptions,
  rowsNeeded: ROWS_NEEDED,
  check: (options) => checkSupport(MRCD_TYPE, options),
  async fit(X, job) {
    const { fitMRCD } = await import("./fit.ts");
    return new FittedRobustCovariance(MRCD_TYPE, await fitMRCD(X, job), job.backend);
  },
  revive: (json) => FittedRobustCovariance.fromJSON(json, MRCD_TYPE),
}) {}
