import { defineBackendEstimator } from "@mixtura/backend/authoring";
import { FittedRobustCovariance } from "../model.ts";
import type { MinCovDetOptions } from "../options.ts";
import { checkSupport, MIN_COV_DET, minCovDetOptions, ROWS_NEEDED } from "../options.ts";

/**
 * The minimum covariance determinant: location and covariance of the h rows whose covariance has the least determinant, corrected, then of all
 * rows that lie within the 0.975 quantile of distances under it. Up to half of the rows may be anything.
 *
 * Nothing is drawn by default, and rows in another order give the same bits. The choice of h and the factors of the subset are those of robustbase;
 * the reweighted covariance is that of clean rows, however many outliers there are, and robustbase's with `correction: "robustbase"`.
 *
 * @example
 * ```ts run
 * const X = [
 *   [1, 2], [2, 1], [2, 3], [3, 2], [3, 4], [4, 3], [4, 5], [5, 4],
 *   [90, -80], [95, -85],
 * ];
 * const model = await new MinCovDet().fit(X);
 * model.supportCount // => 6
 * const [usual, far] = await model.mahalanobis([[3, 3], [90, -80]]);
 * usual! < 6 && far! > 1000 // => true
 * ```
 * @example Three of four rows lie on a line: such rows, and fewer than four per feature, cannot carry a covariance, and get a regularised one.
 * ```ts run
 * const X = Array.from({ length: 40 }, (_, i) => [
 *   i,
 *   i % 4 === 0 ? (i * 7) % 11 : 2 * i + 1,
 * ]);
 * const { trace, regularization } = await new MinCovDet().fit(X);
 * trace.diagnostics[0]?.code // => "exact-fit"
 * trace.diagnostics[0]?.message.split(".")[0]
 * // => "30 of 40 rows lie on a hyperplane: feature 1 = 2 × feature 0 + 1"
 * regularization!.rho > 0 // => true
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new MinCovDet({ supportFraction: 0.75 }).with({ algorithm: "fast" })
 *   .options.supportFraction // => 0.75
 * const model = await new MinCovDet().fit([[1], [2], [4], [5], [99]]);
 * MinCovDet.load(JSON.stringify(model)).location // => model.location
 * MinCovDet.load("{}") // throws invalid-model
 * ```
 * @remarks Weights must be whole numbers: a row of weight w is w rows. A source of blocks is rejected with `not-supported`. O(n p²) per concentration step, some tens of them; O(n p² + p³) for each of six starts, on at most some ten thousand rows. One copy of
 *   the rows besides the backend's.
 * @see Hubert, Rousseeuw & Verdonck, A deterministic algorithm for robust location and scatter (2012); Rousseeuw & Van Driessen, A fast algorithm for
 *   the minimum covariance determinant estimator (1999)
 */
export class MinCovDet extends defineBackendEstimator<
  MinCovDetOptions,
  typeof minCovDetOptions,
  FittedRobustCovariance<typeof MIN_COV_DET>
>({
  type: MIN_COV_DET,
  summary: "Location and covariance of the bulk of the rows: the minimum covariance determinant, reweighted.",
  capabilities: ["density", "sampling", "weights"],
  options: minCovDetOptions,
  rowsNeeded: ROWS_NEEDED,
  check: (options) => checkSupport(MIN_COV_DET, options),
  async fit(X, job) {
    const { fitMinCovDet } = await import("./fit.ts"); // the search weighs more than all the rest
    return new FittedRobustCovariance(MIN_COV_DET, await fitMinCovDet(X, job), job.backend);
  },
  revive: (json) => FittedRobustCovariance.fromJSON(json, MIN_COV_DET),
}) {}
