import type { Backend } from "@mixtura/backend";
import type { BlockSource, Diagnostic, Estimator, FitContext, FittedModel, MatrixLike, ReviveContext } from "@mixtura/core";
import { checkOptions, drawSeed } from "@mixtura/core";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import { GaussianMixture } from "@mixtura/mixture";
import { counted, plural } from "@mixtura/wording";
import { detectorTrace, openTraining } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled } from "../detector/fit-predict.ts";
import { adjusted } from "../detector/adjusted.ts";
import { passedOn } from "../detector/progress.ts";
import type { Cleaning } from "./cleaning.ts";
import { clean } from "./cleaning.ts";
import { FittedRefitOnInliers } from "./model.ts";
import type { CheckedRefitOnInliersOptions, RefitOnInliersOptions } from "./options.ts";
import { refitOnInliersOptions } from "./options.ts";
import { REFIT_ON_INLIERS } from "./payload.ts";

/**
 * Outliers by a model of the other rows: fits an estimator, removes the rows that score lowest, fits the rest again, until nothing changes. What
 * was removed, and what changed, `cleanFit` tells; this is the same as an estimator, whose model can be stored and asked about new rows.
 *
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 0.9, 1, 50].map((x) => [x]);
 * const model = await new RefitOnInliers({ estimator: new GaussianMixture(), rule: { contamination: 0.1 } }).fit(X);
 * model.removedRows // => Int32Array.of(9)
 * await model.predict([[0.4], [30]]) // => Int32Array.of(1, -1)
 * ```
 * @remarks The cost is that of `rounds` + 1 fits at most.
 */
export class RefitOnInliers implements Estimator<FittedRefitOnInliers> {
  readonly type: typeof REFIT_ON_INLIERS = REFIT_ON_INLIERS;
  readonly options: CheckedRefitOnInliersOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: RefitOnInliersOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(REFIT_ON_INLIERS, options);
    this.options = checkOptions(REFIT_ON_INLIERS, refitOnInliersOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new RefitOnInliers({ rounds: 1 }).with({ rule: { gap: 0.1 } }).options.rounds // => 1
   * ```
   */
  with(changes: RefitOnInliersOptions & BackendChoice): RefitOnInliers {
    return new RefitOnInliers({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits, removes, fits again. The threshold is what the rule comes to under the last model.
   *
   * @param X n×d rows; a source of blocks is turned down
   * @throws (by rejection) MixturaError as `cleanFit` does
   */
  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedRefitOnInliers> {
    return (await this.#fitScored(X, context)).model;
  }

  async #fitScored(X: MatrixLike | BlockSource, context: FitContext): Promise<FittedAndScored<FittedRefitOnInliers>> {
    const started = performance.now();
    const { rule, rounds } = this.options;
    const rows = openTraining(X, context, `${REFIT_ON_INLIERS}.fit`);
    const { estimator, seed } = this.#inner();
    const told = { ...context, ...passedOn(REFIT_ON_INLIERS, (rounds + 1) * startsOf(estimator), context) };
    const cleaning = await clean(estimator, rows, { rule, rounds }, told);
    rows.pace.check();
    const { first, model, threshold, stable, scores } = cleaning;
    const names = rows.host.featureNames;
    const trace = {
      ...detectorTrace(undefined, seed, [...model.trace.diagnostics, ...findings(cleaning)], started),
      converged: stable,
      iterations: cleaning.rounds.length,
      backend: model.trace.backend,
    };
    const fitted = new FittedRefitOnInliers({
      facts: {
        featureCount: model.featureCount,
        ...(names === undefined ? {} : { featureNames: Object.freeze([...names]) }),
        novelty: false,
        judgement: { wish: rule, threshold },
        trace,
      },
      first,
      model,
      removedRows: Int32Array.from(cleaning.reasons, ({ row }) => row),
    });
    return { model: fitted, scores };
  }

  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError as for {@link RefitOnInliers.fit}
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedRefitOnInliers>> {
    return labelled(await this.#fitScored(X, context), X, context);
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @param context plugins that read models of other packages
   * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
   * @example
   * ```ts run
   * const model = await new RefitOnInliers().fit([[0], [1], [2], [9]]);
   * RefitOnInliers.load(JSON.stringify(model)).threshold === model.threshold // => true
   * RefitOnInliers.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown, context?: ReviveContext): FittedRefitOnInliers {
    return FittedRefitOnInliers.fromJSON(json, context);
  }

  /** The estimator of every round: with one seed for all of them, and with the backend that was given. */
  #inner(): { readonly estimator: Estimator; readonly seed: number } {
    const { estimator = new GaussianMixture(), randomState } = this.options;
    const own = (estimator.options as { readonly randomState?: number }).randomState;
    const seed = randomState ?? own ?? drawSeed();
    const seeded = adjusted(estimator, { randomState: seed });
    return { estimator: this.#backend === undefined ? seeded : adjusted(seeded, { backend: this.#backend }), seed };
  }
}

/** The most starts of one fit: a choice among mixtures makes many. */
function startsOf({ options }: Estimator): number {
  const { nInit = 1, nComponents = 1, covarianceType = 1 } = options as Readonly<Record<string, number | readonly unknown[] | undefined>>;
  const count = (value: number | readonly unknown[]): number => (Array.isArray(value) ? value.length : 1);
  return (Number(nInit) + 1) * count(nComponents) * count(covarianceType);
}

function findings({ reasons, stable, rounds, tooFew }: Cleaning<FittedModel>): readonly Diagnostic[] {
  const removed: Diagnostic = {
    code: "rows-removed",
    severity: "info",
    message: `${counted(reasons.length, "row")} ${plural(reasons.length, "was", "were")} left out of the last fit, after ${counted(rounds.length, "round")}.`,
    detail: { rows: reasons.length, rounds: rounds.length },
  };
  if (tooFew !== undefined)
    return [
      removed,
      {
        code: "cleaning-stopped",
        severity: "warning",
        message: `The rest was too few rows to fit again, so the cleaning stopped: ${tooFew.message}`,
        detail: { rounds: rounds.length },
      },
    ];
  if (stable) return [removed];
  const last = rounds.at(-1)!;
  return [
    removed,
    {
      code: "cleaning-unstable",
      severity: "info",
      message: `Rows still changed sides after ${rounds.length} rounds (${last.went} went, ${last.returned} came back in the last). Allow more rounds if that matters.`,
      detail: { rounds: rounds.length, went: last.went, returned: last.returned },
    },
  ];
}
