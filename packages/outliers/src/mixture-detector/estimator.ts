import type { OnBackend } from "@mixtura/backend/authoring";
import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { Data, FitContext, MatrixLike } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { drawSeed, present } from "@mixtura/core/authoring";
import { movedTo } from "@mixtura/core/internal";
import { detectorTrace, judgedFit, ROWS_NEEDED, trainingRows } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled, refuseNovelty } from "../detector/fit-predict.ts";
import { scoringOf } from "../detector/scoring.ts";
import { checkJudgement, rejectLooseRule } from "../threshold/declare.ts";
import type { ChosenMixture } from "./fit-mixture.ts";
import { checkFit, fitMixture } from "./fit-mixture.ts";
import { FittedMixtureDetector } from "./model.ts";
import type { CheckedMixtureDetectorOptions, MixtureDetectorOptions } from "./options.ts";
import { mixtureDetectorOptions } from "./options.ts";
import { MIXTURE_DETECTOR } from "./payload.ts";

/**
 * Outliers and novelties by the density of a Gaussian mixture: rows where the density is low are outliers. The mixture is chosen by BIC, or a
 * fitted density is given.
 *
 * Without `novelty` the training rows are contaminated and are themselves judged: those whose log-densities stand apart from the bulk are outliers, and
 * there may be none; `{ contamination: 0.04 }` puts the threshold at the 4th percentile instead. With `novelty: true` they are clean, and the threshold is calibrated on a part of them that is held out of
 * the fit, so that `{ fpr: 0.01 }` holds for new rows.
 *
 * @example
 * ```ts run
 * const X = [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.4], [9, 9]];
 * const detector = new MixtureDetector({
 *   nComponents: 1,
 *   covarianceType: "spherical",
 *   threshold: { contamination: 0.1 },
 * });
 * const { model, labels } = await detector.fitPredict(X);
 * labels // => Int32Array.of(1, 1, 1, 1, 1, -1)
 * model.point.isOutlier([0.4, 0.6]) // => false
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new MixtureDetector({ nComponents: 2 }).with({
 *   threshold: { contamination: 0.04 },
 * }).options.nComponents // => 2
 * const model = await new MixtureDetector({
 *   nComponents: 1,
 *   randomState: 1,
 * }).fit([[0], [1], [2], [9]]);
 * MixtureDetector.load(JSON.stringify(model)).threshold ===
 *   model.threshold // => true
 * MixtureDetector.load("{}") // throws invalid-model
 * ```
 * @remarks Where a mixture is given, the rows of a fit serve to find the threshold alone. A source of blocks is rejected with `not-supported`; so are,
 *   with `too-few-rows` and the number that is needed, rows that are too few to calibrate `{ fpr }` on. A fit costs what its mixtures cost: one fit per number of components and covariance type (36 by default), each O(n·k·d²) per
 *   iteration. A mixture may spend a component on outliers that lie together and then calls them normal.
 */
export class MixtureDetector extends defineBackendEstimator<MixtureDetectorOptions, typeof mixtureDetectorOptions, FittedMixtureDetector>({
  type: MIXTURE_DETECTOR,
  summary: "Outliers and novelties by the density of a Gaussian mixture, chosen by BIC or given.",
  capabilities: ["outlier", "weights"],
  options: mixtureDetectorOptions,
  rowsNeeded: ROWS_NEEDED,
  checkGiven: (given) => rejectLooseRule(MIXTURE_DETECTOR, given),
  check(options) {
    checkJudgement(MIXTURE_DETECTOR, options);
    checkFit(options);
  },
  fit: async (X, job) => (await fitScored(X, job)).model,
  revive: (json, context) => FittedMixtureDetector.fromJSON(json, context),
}) {
  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError `not-supported` with `novelty: true`, and as for `fit`
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedMixtureDetector>> {
    refuseNovelty(this);
    return labelled(await fitScored(X, this.job(X, context)), X, context);
  }
}

/** The model, and the scores of the training rows where the fit had need of them. */
async function fitScored(X: Data, job: FitJob<CheckedMixtureDetectorOptions> & OnBackend): Promise<FittedAndScored<FittedMixtureDetector>> {
  const { options, backend, context, caller } = job;
  const { mixture, novelty } = options;
  const read = await job.read(X, mixture);
  const rows = trainingRows(X, read, job);
  const seed = options.randomState ?? drawSeed();
  let chosen: ChosenMixture | undefined;
  const { scoring, learned, judgement, scores } = await judgedFit(rows, {
    options,
    seed,
    fit: async ({ X: training, weights }) => {
      chosen = await fitMixture(training, options, seed, backend, { ...context, ...present({ sampleWeight: weights }) });
      return { scoring: scoringOf(chosen.mixture, MIXTURE_DETECTOR) };
    },
    ...present({ given: mixture && scoringOf(movedTo(mixture, backend), caller) }),
  });
  rows.pace.check();
  const { model } = scoring;
  const { featureCount, featureNames = read.featureNames } = model;
  const facts = detectorTrace(chosen && model.trace, seed, chosen?.diagnostics ?? [], { learned, featureNames });
  const detector = new FittedMixtureDetector({
    ...job.record({ ...read, featureCount, featureNames }, facts),
    novelty,
    judgement,
    known: learned.known,
    mixture: model,
  });
  return { model: detector, scores };
}
