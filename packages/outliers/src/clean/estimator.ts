import type { Backend } from "@mixtura/backend";
import type { OnBackend } from "@mixtura/backend/authoring";
import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { Data, Diagnostic, Estimator, FitContext, FittedModel, MatrixLike } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { drawSeed, present } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { counted, plural } from "@mixtura/wording/internal";
import { adjusted } from "../detector/adjusted.ts";
import { detectorTrace, ROWS_NEEDED, trainingRows } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled } from "../detector/fit-predict.ts";
import { withLearned } from "../columns/learn.ts";
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
 * const model = await new RefitOnInliers({
 *   estimator: new GaussianMixture(),
 *   rule: { contamination: 0.1 },
 * }).fit(X);
 * model.removedRows // => Int32Array.of(9)
 * await model.predict([[0.4], [30]]) // => Int32Array.of(1, -1)
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new RefitOnInliers({ rounds: 1 }).with({ rule: { gap: 0.1 } }).options
 *   .rounds // => 1
 * const model = await new RefitOnInliers().fit([[0], [1], [2], [9]]);
 * RefitOnInliers.load(JSON.stringify(model)).threshold ===
 *   model.threshold // => true
 * RefitOnInliers.load("{}") // throws invalid-model
 * ```
 * @remarks The threshold is what the rule comes to under the last model. A source of blocks is rejected with `not-supported`. The cost is that of `rounds` + 1 fits at most.
 */
export class RefitOnInliers extends defineBackendEstimator<RefitOnInliersOptions, typeof refitOnInliersOptions, FittedRefitOnInliers>({
  type: REFIT_ON_INLIERS,
  summary: "Outliers by a model of the other rows: fits, removes the most extreme rows, fits again.",
  capabilities: ["outlier", "weights"],
  options: refitOnInliersOptions,
  rowsNeeded: ROWS_NEEDED,
  fit: async (X, job) => (await fitScored(X, job)).model,
  revive: (json, context) => FittedRefitOnInliers.fromJSON(json, context),
}) {
  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError as for `fit`
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedRefitOnInliers>> {
    return labelled(await fitScored(X, this.job(X, context)), X, context);
  }
}

/** The model, and the scores of the training rows where the fit had need of them. */
async function fitScored(X: Data, job: FitJob<CheckedRefitOnInliersOptions> & OnBackend): Promise<FittedAndScored<FittedRefitOnInliers>> {
  const { options, context, backend } = job;
  const { rule, rounds, constants } = options;
  const read = await job.read(X);
  const rows = trainingRows(X, read, job);
  const { estimator, seed } = seededEstimator(options, backend);
  const inner = { ...context, ...passedOn(REFIT_ON_INLIERS, (rounds + 1) * startsOf(estimator), context) };
  const cleaning = await clean(estimator, rows, { rule, rounds, constants }, inner);
  rows.pace.check();
  const { first, model, learned, threshold, stable, scores } = cleaning;
  const { diagnostics, backend: place } = model.trace;
  const record = job.record(
    { ...read, featureCount: model.featureCount },
    {
      ...detectorTrace(undefined, seed, [...withLearned(diagnostics, learned, read.featureNames), ...findings(cleaning)]),
      converged: stable,
      iterations: cleaning.rounds.length,
      ...present({ backend: place }),
    },
  );
  const removedRows = Int32Array.from(cleaning.reasons, ({ row }) => row);
  const detector = new FittedRefitOnInliers({
    ...record,
    novelty: false,
    judgement: { rule, threshold },
    known: learned.known,
    first,
    model,
    removedRows,
  });
  return { model: detector, scores };
}

/** The estimator of every round: with one seed for all of them, and with the backend that was given. */
function seededEstimator(
  { estimator = new GaussianMixture(), randomState }: CheckedRefitOnInliersOptions,
  backend: Backend | undefined,
): { readonly estimator: Estimator; readonly seed: number } {
  const own = (estimator.options as { readonly randomState?: number }).randomState;
  const seed = randomState ?? own ?? drawSeed();
  const seeded = adjusted(estimator, { randomState: seed });
  return { estimator: backend === undefined ? seeded : adjusted(seeded, { backend }), seed };
}

/** The most starts of one fit: a choice among mixtures makes many. */
function startsOf({ options }: Estimator): number {
  const { nInit = 1, nComponents = 1, covarianceType = 1 } = options as Readonly<Record<string, number | readonly unknown[] | undefined>>;
  const count = (value: number | readonly unknown[]): number => (Array.isArray(value) ? value.length : 1);
  // Starts by a budget are tried in silence, and one is followed.
  return ((nInit as unknown) === "auto" ? 2 : Number(nInit) + 1) * count(nComponents) * count(covarianceType);
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
