import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { FittedCovariance } from "../covariance-model.ts";
import { fitCovariance } from "../fit.ts";
import { oasShare } from "../oas-share.ts";
import type { CheckedOASOptions, OASOptions } from "../options.ts";
import { oasOptions } from "../options.ts";

const TYPE = "OAS";

/**
 * Oracle approximating shrinkage: (1 − s) S + s (tr S / d) I with the share s that is best for Gaussian rows. For such it is closer to the truth
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
export class OAS implements Estimator<FittedCovariance<"OAS">> {
  readonly type: "OAS" = TYPE;
  readonly options: CheckedOASOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: OASOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(TYPE, options);
    this.options = checkOptions(TYPE, oasOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /** A copy with some options changed. */
  with(changes: OASOptions & BackendChoice): OAS {
    return new OAS({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits location and covariance. Rows without spread in some direction are reported in `trace.diagnostics`, never an error.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedCovariance<"OAS">> {
    const { assumeCentered, formula } = this.options;
    return fitCovariance(
      X,
      { type: TYPE, assumeCentered, backend: this.#backend, share: (_, scatter) => oasShare(scatter, formula) },
      context,
    );
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedCovariance<"OAS"> {
    return FittedCovariance.fromJSON(json, TYPE);
  }
}
