import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedCovariance } from "../covariance-model.ts";
import { fitCovariance } from "../fit.ts";
import type { CheckedShrunkCovarianceOptions, ShrunkCovarianceOptions } from "../options.ts";
import { shrunkCovarianceOptions } from "../options.ts";

const TYPE = "ShrunkCovariance";

/**
 * A covariance between the empirical one S and a multiple of the identity: (1 − s) S + s (tr S / d) I, with a share s that you choose.
 *
 * The target knows nothing of units: bring features to a common scale first.
 *
 * @example
 * ```ts run
 * const model = await new ShrunkCovariance({ shrinkage: 0.5 }).fit([[-2, 0], [2, 0], [0, -1], [0, 1]]);
 * model.covariance.data // => [1.625, 0, 0, 0.875]
 * ```
 * @remarks Costs what {@link EmpiricalCovariance} costs.
 */
export class ShrunkCovariance implements Estimator<FittedCovariance<"ShrunkCovariance">> {
  readonly type: "ShrunkCovariance" = TYPE;
  readonly options: CheckedShrunkCovarianceOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: ShrunkCovarianceOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(TYPE, options);
    this.options = checkOptions(TYPE, shrunkCovarianceOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /** A copy with some options changed. */
  with(changes: ShrunkCovarianceOptions & BackendChoice): ShrunkCovariance {
    return new ShrunkCovariance({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance. Rows without spread in some direction are reported in `trace.diagnostics`, never an error.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedCovariance<"ShrunkCovariance">> {
    const { assumeCentered, shrinkage } = this.options;
    return fitCovariance(X, { type: TYPE, assumeCentered, backend: this.#backend, share: () => shrinkage }, context);
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedCovariance<"ShrunkCovariance"> {
    return FittedCovariance.fromJSON(json, TYPE);
  }
}
