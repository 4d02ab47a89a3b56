import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedRobustCovariance } from "../model.ts";
import type { CheckedMinCovDetOptions, MinCovDetOptions } from "../options.ts";
import { checkSupport, minCovDetOptions } from "../options.ts";
import { fitMinCovDet, MIN_COV_DET } from "./fit.ts";

/**
 * The minimum covariance determinant: location and covariance of the h rows whose covariance has the least determinant, corrected, then of all
 * rows that lie within the 0.975 quantile of distances under it. Up to half of the rows may be anything.
 *
 * Nothing is drawn by default, and rows in another order give the same bits. Correction factors and the choice of h are those of robustbase.
 *
 * @example
 * ```ts run
 * const X = [[1, 2], [2, 1], [2, 3], [3, 2], [3, 4], [4, 3], [4, 5], [5, 4], [90, -80], [95, -85]];
 * const model = await new MinCovDet().fit(X);
 * model.supportCount // => 6
 * const [usual, far] = await model.mahalanobis([[3, 3], [90, -80]]);
 * usual! < 6 && far! > 1000 // => true
 * ```
 * @remarks O(n p²) per concentration step, some tens of them; O(n p² + p³) for each of six starts, on at most some ten thousand rows. One copy of
 *   the rows besides the backend's.
 * @see Hubert, Rousseeuw & Verdonck, A deterministic algorithm for robust location and scatter (2012); Rousseeuw & Van Driessen, A fast algorithm for
 *   the minimum covariance determinant estimator (1999)
 */
export class MinCovDet implements Estimator<FittedRobustCovariance<typeof MIN_COV_DET>> {
  readonly type: typeof MIN_COV_DET = MIN_COV_DET;
  readonly options: CheckedMinCovDetOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: MinCovDetOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(MIN_COV_DET, options);
    this.options = checkOptions(MIN_COV_DET, minCovDetOptions, rest);
    checkSupport(MIN_COV_DET, this.options);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new MinCovDet({ supportFraction: 0.75 }).with({ algorithm: "fast" }).options.supportFraction // => 0.75
   * ```
   */
  with(changes: MinCovDetOptions & BackendChoice): MinCovDet {
    return new MinCovDet({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance. Rows that cannot carry a covariance (fewer than four per feature, or more than half of them on a hyperplane) get
   * a regularised one, unless `regularization` is "none"; `trace.diagnostics` says so and names the features.
   *
   * @param X n×d rows, at least two; a source of blocks is turned down
   * @param context `sampleWeight` must be whole numbers: a row of weight w is w rows
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows`, `invalid-weight`, `invalid-option` (a `supportCount` that does not
   *   fit the rows), `not-supported`, `aborted`
   * @example
   * ```ts run
   * // Three of four rows lie on a line.
   * const X = Array.from({ length: 40 }, (_, i) => [i, i % 4 === 0 ? (i * 7) % 11 : 2 * i + 1]);
   * const { trace, regularization } = await new MinCovDet().fit(X);
   * trace.diagnostics[0]?.code // => "exact-fit"
   * trace.diagnostics[0]?.message.split(".")[0] // => "30 of 40 rows lie on a hyperplane: feature 1 = 2·feature 0 + 1"
   * regularization!.rho > 0 // => true
   * ```
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedRobustCovariance<typeof MIN_COV_DET>> {
    return new FittedRobustCovariance(MIN_COV_DET, await fitMinCovDet(X, this.options, this.#backend, context), this.#backend);
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   * @example
   * ```ts run
   * const model = await new MinCovDet().fit([[1], [2], [4], [5], [99]]);
   * MinCovDet.load(JSON.stringify(model)).location // => model.location
   * MinCovDet.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown): FittedRobustCovariance<typeof MIN_COV_DET> {
    return FittedRobustCovariance.fromJSON(json, MIN_COV_DET);
  }
}
