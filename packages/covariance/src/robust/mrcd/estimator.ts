import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedRobustCovariance } from "../model.ts";
import type { CheckedMRCDOptions, MRCDOptions } from "../options.ts";
import { checkSupport, mrcdOptions } from "../options.ts";
import { fitMRCD, MRCD_TYPE } from "./fit.ts";

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
 *   [1, 2, 3, 4, 5], [2, 3, 3, 5, 4], [1, 3, 2, 4, 4], [2, 2, 3, 4, 6], [3, 2, 2, 5, 5], [2, 1, 3, 5, 5],
 *   [9, -9, 9, -9, 0], [9, -8, 8, -9, 0],
 * ];
 * const model = await new MRCD({ supportCount: 6 }).fit(X);
 * model.support // => Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0)
 * model.regularization!.rho > 0 // => true
 * ```
 * @remarks O(n p² + p³) per start and step; where p ≥ n, O(n² p + n³), and the p² pairs of features up to p = 400.
 * @see Boudt, Rousseeuw, Vanduffel & Verdonck, The minimum regularized covariance determinant estimator, Statistics and Computing 30 (2020)
 */
export class MRCD implements Estimator<FittedRobustCovariance<typeof MRCD_TYPE>> {
  readonly type: typeof MRCD_TYPE = MRCD_TYPE;
  readonly options: CheckedMRCDOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: MRCDOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(MRCD_TYPE, options);
    this.options = checkOptions(MRCD_TYPE, mrcdOptions, rest);
    checkSupport(MRCD_TYPE, this.options);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new MRCD({ maxCondition: 100 }).with({ target: "equicorrelation" }).options.maxCondition // => 100
   * ```
   */
  with(changes: MRCDOptions & BackendChoice): MRCD {
    return new MRCD({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance.
   *
   * @param X n×d rows, at least two; a source of blocks is turned down
   * @param context `sampleWeight` must be whole numbers: a row of weight w is w rows
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows`, `invalid-weight`, `invalid-option` (a `supportCount` that does not
   *   fit the rows), `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedRobustCovariance<typeof MRCD_TYPE>> {
    return new FittedRobustCovariance(MRCD_TYPE, await fitMRCD(X, this.options, this.#backend, context), this.#backend);
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedRobustCovariance<typeof MRCD_TYPE> {
    return FittedRobustCovariance.fromJSON(json, MRCD_TYPE);
  }
}
