import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedCovariance } from "../covariance-model.ts";
import { fitCovariance } from "../fit.ts";
import { ledoitWolfShare } from "../ledoit-wolf-share.ts";
import type { CheckedLedoitWolfOptions, LedoitWolfOptions } from "../options.ts";
import { ledoitWolfOptions } from "../options.ts";

const TYPE = "LedoitWolf";

/**
 * The shrunk covariance (1 − s) S + s (tr S / d) I with the share s of least expected squared error, estimated from the rows themselves. Well
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
export class LedoitWolf implements Estimator<FittedCovariance<"LedoitWolf">> {
  readonly type: "LedoitWolf" = TYPE;
  readonly options: CheckedLedoitWolfOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: LedoitWolfOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(TYPE, options);
    this.options = checkOptions(TYPE, ledoitWolfOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /** A copy with some options changed. */
  with(changes: LedoitWolfOptions & BackendChoice): LedoitWolf {
    return new LedoitWolf({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance. Rows without spread in some direction are reported in `trace.diagnostics`, never an error.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedCovariance<"LedoitWolf">> {
    const { assumeCentered } = this.options;
    return fitCovariance(
      X,
      { type: TYPE, assumeCentered, backend: this.#backend, share: ({ rows }, scatter) => ledoitWolfShare(rows, scatter) },
      context,
    );
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedCovariance<"LedoitWolf"> {
    return FittedCovariance.fromJSON(json, TYPE);
  }
}
