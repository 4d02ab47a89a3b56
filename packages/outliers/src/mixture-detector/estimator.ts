import type { Backend } from "@mixtura/backend";
import type { BlockSource, Estimator, FitContext, MatrixLike, ReviveContext } from "@mixtura/core";
import { checkOptions, drawSeed } from "@mixtura/core";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import { detectorTrace, judgedFit, openTraining } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled, refuseNovelty } from "../detector/fit-predict.ts";
import { scoringOf } from "../detector/scoring.ts";
import { checkJudgement, refuseLooseWish } from "../threshold/declare.ts";
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
 * Without `novelty` the training rows are contaminated and are themselves judged: `{ contamination: 0.04 }` puts the threshold at the 4th
 * percentile of their log-densities. With `novelty: true` they are clean, and the threshold is calibrated on a part of them that is held out of
 * the fit, so that `{ fpr: 0.01 }` holds for new rows.
 *
 * @example
 * ```ts run
 * const X = [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.4], [9, 9]];
 * const detector = new MixtureDetector({ nComponents: 1, covarianceType: "spherical", threshold: { contamination: 0.1 } });
 * const { model, labels } = await detector.fitPredict(X);
 * labels // => Int32Array.of(1, 1, 1, 1, 1, -1)
 * model.point.isOutlier([0.4, 0.6]) // => false
 * ```
 * @remarks A fit costs what its mixtures cost: one fit per number of components and covariance type (36 by default), each O(n·k·d²) per
 *   iteration. A mixture may spend a component on outliers that lie together and then calls them normal.
 */
export class MixtureDetector implements Estimator<FittedMixtureDetector> {
  readonly type: typeof MIXTURE_DETECTOR = MIXTURE_DETECTOR;
  readonly options: CheckedMixtureDetectorOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: MixtureDetectorOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(MIXTURE_DETECTOR, options);
    refuseLooseWish(MIXTURE_DETECTOR, rest);
    this.options = checkOptions(MIXTURE_DETECTOR, mixtureDetectorOptions, rest);
    checkJudgement(MIXTURE_DETECTOR, this.options);
    checkFit(this.options);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new MixtureDetector({ nComponents: 2 }).with({ threshold: { contamination: 0.04 } }).options.nComponents // => 2
   * ```
   */
  with(changes: MixtureDetectorOptions & BackendChoice): MixtureDetector {
    return new MixtureDetector({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits the mixture and finds the threshold. Where a mixture is given, the rows serve to find the threshold alone.
   *
   * @param X n×d rows; a source of blocks is turned down
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows` (also where `{ fpr }` needs more calibration rows, with their
   *   number), `invalid-weight`, `invalid-option`, `feature-mismatch`, `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedMixtureDetector> {
    return (await this.#fitScored(X, context)).model;
  }

  async #fitScored(X: MatrixLike | BlockSource, context: FitContext): Promise<FittedAndScored<FittedMixtureDetector>> {
    const started = performance.now();
    const { mixture } = this.options;
    const features = mixture && {
      count: mixture.featureCount,
      ...(mixture.featureNames === undefined ? {} : { names: mixture.featureNames }),
    };
    const rows = openTraining(X, context, `${MIXTURE_DETECTOR}.fit`, features);
    const seed = this.options.randomState ?? drawSeed();
    let chosen: ChosenMixture | undefined;
    const moved = mixture !== undefined && this.#backend !== undefined ? mixture.withBackend(this.#backend) : mixture;
    const { scoring, judgement, scores } = await judgedFit(rows, {
      options: this.options,
      seed,
      fit: async ({ X: training, weights }) => {
        const inner = { ...context, ...(weights === undefined ? {} : { sampleWeight: weights }) };
        chosen = await fitMixture(training, this.options, seed, this.#backend, inner);
        return { scoring: scoringOf(chosen.mixture, MIXTURE_DETECTOR) };
      },
      ...(moved === undefined ? {} : { given: scoringOf(moved, `${MIXTURE_DETECTOR}.fit`) }),
    });
    rows.pace.check();
    const { model: density } = scoring;
    const names = density.featureNames ?? rows.host.featureNames;
    const model = new FittedMixtureDetector({
      facts: {
        featureCount: density.featureCount,
        ...(names === undefined ? {} : { featureNames: Object.freeze([...names]) }),
        novelty: this.options.novelty,
        judgement,
        trace: detectorTrace(chosen && density.trace, seed, chosen?.diagnostics ?? [], started),
      },
      mixture: density,
    });
    return { model, scores };
  }

  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError `not-supported` with `novelty: true`, and as for {@link MixtureDetector.fit}
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedMixtureDetector>> {
    refuseNovelty(this);
    return labelled(await this.#fitScored(X, context), X, context);
  }

  /**
   * Reads a fitted detector from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @param context plugins that read a density other than a Gaussian mixture
   * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
   * @example
   * ```ts run
   * const model = await new MixtureDetector({ nComponents: 1, randomState: 1 }).fit([[0], [1], [2], [9]]);
   * MixtureDetector.load(JSON.stringify(model)).threshold === model.threshold // => true
   * MixtureDetector.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown, context?: ReviveContext): FittedMixtureDetector {
    return FittedMixtureDetector.fromJSON(json, context);
  }
}
