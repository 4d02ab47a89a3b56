import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedCovariance } from "../covariance-model.ts";
import { fitCovariance } from "../fit.ts";
import type { CheckedEmpiricalCovarianceOptions, EmpiricalCovarianceOptions } from "../options.ts";
import { empiricalCovarianceOptions } from "../options.ts";

const TYPE = "EmpiricalCovariance";

/**
 * The maximum-likelihood covariance: Σ w (x − mean)(x − mean)ᵀ / Σ w, which divides by n and not by n − 1.
 *
 * With few rows for the features it is a poor estimate, and with n ≤ d a singular one: {@link LedoitWolf} and {@link OAS} are better then.
 *
 * @example
 * ```ts run
 * const model = await new EmpiricalCovariance().fit([[1, 10], [2, 30], [3, 20]]);
 * model.location // => [2, 20]
 * model.covariance.data // ≈ [2 / 3, 10 / 3, 10 / 3, 200 / 3]
 * model.point.squaredMahalanobis([3, 10]) // ≈ 6
 * ```
 * @remarks O(n·d²) time in one pass after a survey of the rows; beside the data one centred copy of it and O(d²) numbers.
 */
export class EmpiricalCovariance implements Estimator<FittedCovariance<"EmpiricalCovariance">> {
  readonly type: "EmpiricalCovariance" = TYPE;
  readonly options: CheckedEmpiricalCovarianceOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: EmpiricalCovarianceOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(TYPE, options);
    this.options = checkOptions(TYPE, empiricalCovarianceOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /** A copy with some options changed. */
  with(changes: EmpiricalCovarianceOptions & BackendChoice): EmpiricalCovariance {
    return new EmpiricalCovariance({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance. Rows without spread in some direction are reported in `trace.diagnostics`, never an error.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedCovariance<"EmpiricalCovariance">> {
    const { assumeCentered } = this.options;
    return fitCovariance(X, { type: TYPE, assumeCentered, backend: this.#backend }, context);
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedCovariance<"EmpiricalCovariance"> {
    return FittedCovariance.fromJSON(json, TYPE);
  }
}
