import type { Backend } from "@mixtura/backend";
import type { BackendChoice } from "@mixtura/backend/rows";
import { takeBackend } from "@mixtura/backend/rows";
import type { BlockSource, Diagnostic, Estimator, FitContext, FitProgress, FittedModel, MatrixLike, ReviveContext } from "@mixtura/core";
import { checkOptions, drawSeed, MixturaError, toMatrix } from "@mixtura/core";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, OAS } from "@mixtura/covariance";
import { adjusted } from "../detector/adjusted.ts";
import { detectorTrace, judgedFit, openTraining } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled, refuseNovelty } from "../detector/fit-predict.ts";
import { checkJudgement, refuseLooseWish, thresholdInForce } from "../threshold/declare.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { wishOf } from "../threshold/threshold.ts";
import type { DistanceKind, EllipseModel } from "./estimate.ts";
import { isEllipseModel, isRegularised, partOf, rawPartOf, subsetOf } from "./estimate.ts";
import { FittedEllipticEnvelope } from "./model.ts";
import type { CheckedEllipticEnvelopeOptions, EllipticEnvelopeOptions } from "./options.ts";
import { checkCovariance, ellipticEnvelopeOptions } from "./options.ts";
import { ELLIPTIC_ENVELOPE } from "./payload.ts";
import { envelopeScoring } from "./scoring.ts";

/**
 * Outliers and novelties by the squared distance from a centre that outliers do not move: the minimum covariance determinant, from the half of the
 * rows that lie closest together.
 *
 * Nothing is drawn by default, and rows in another order give the same answer. Rows too few for their features, and rows of which most lie on a
 * hyperplane, get a regularised covariance, and a finding in `trace.diagnostics`.
 *
 * @example
 * ```ts run
 * const X = [[1, 2], [2, 1], [2, 3], [3, 2], [3, 4], [4, 3], [4, 5], [5, 4], [90, -80], [95, -85]];
 * const { model, labels } = await new EllipticEnvelope({ threshold: { contamination: 0.2 } }).fitPredict(X);
 * labels // => Int32Array.of(1, 1, 1, 1, 1, 1, 1, 1, -1, -1)
 * model.point.isOutlier([3, 3]) // => false
 * ```
 * @remarks The cost is that of the covariance: O(n·d²) per concentration step, some tens of them, for the robust one.
 * @see Rousseeuw & Van Driessen, A fast algorithm for the minimum covariance determinant estimator (1999); Hubert, Rousseeuw & Verdonck, A
 *   deterministic algorithm for robust location and scatter (2012)
 */
export class EllipticEnvelope implements Estimator<FittedEllipticEnvelope> {
  readonly type: typeof ELLIPTIC_ENVELOPE = ELLIPTIC_ENVELOPE;
  readonly options: CheckedEllipticEnvelopeOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: EllipticEnvelopeOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(ELLIPTIC_ENVELOPE, options);
    refuseLooseWish(ELLIPTIC_ENVELOPE, rest);
    this.options = checkOptions(ELLIPTIC_ENVELOPE, ellipticEnvelopeOptions, rest);
    checkJudgement(ELLIPTIC_ENVELOPE, this.options);
    checkCovariance(ELLIPTIC_ENVELOPE, this.options);
    this.#backend = backend;
    this.#estimator(0); // its own check of the options comes before any work, too
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new EllipticEnvelope({ supportFraction: 0.75 }).with({ threshold: { chiSquare: 0.99 } }).options.supportFraction // => 0.75
   * ```
   */
  with(changes: EllipticEnvelopeOptions & BackendChoice): EllipticEnvelope {
    return new EllipticEnvelope({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Estimates centre and covariance, and finds the threshold.
   *
   * Where `{ hardinRocke }` has no meaning, the covariance having been regularised, `{ chiSquare }` of the same share takes its place, and a
   * diagnostic says so.
   *
   * @param X n×d rows, at least two; a source of blocks is turned down
   * @param context `sampleWeight` must be whole numbers for the robust covariance
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows` (also where `{ fpr }` needs more calibration rows, with their
   *   number), `invalid-weight`, `invalid-option`, `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedEllipticEnvelope> {
    return (await this.#fitScored(X, context)).model;
  }

  async #fitScored(X: MatrixLike | BlockSource, context: FitContext): Promise<FittedAndScored<FittedEllipticEnvelope>> {
    const started = performance.now();
    const rows = openTraining(X, context, `${ELLIPTIC_ENVELOPE}.fit`);
    const seed = this.options.randomState ?? drawSeed();
    const { onProgress } = context;
    const told = onProgress && { onProgress: (event: FitProgress) => onProgress({ ...event, estimator: ELLIPTIC_ENVELOPE }) };
    let fitted: Fitted | undefined;
    const { judgement, scores } = await judgedFit(rows, {
      options: this.options,
      seed,
      fit: async ({ X: training, weights }) => {
        const { signal } = context;
        const inner = { ...told, ...(signal === undefined ? {} : { signal }), ...(weights === undefined ? {} : { sampleWeight: weights }) };
        const estimate = await this.#estimator(seed).fit(training, inner);
        fitted = judgedBy(this.options, estimate, countRows(training, weights));
        return { scoring: envelopeScoring(partOf(fitted, this.#backend), subsetOf(fitted)), ...fitted.replacement };
      },
    });
    rows.pace.check();
    const { estimate, distances, rows: count, findings } = fitted!;
    const names = rows.host.featureNames;
    const model = new FittedEllipticEnvelope(
      {
        facts: {
          featureCount: estimate.featureCount,
          ...(names === undefined ? {} : { featureNames: Object.freeze([...names]) }),
          novelty: this.options.novelty,
          judgement,
          trace: detectorTrace(estimate.trace, seed, findings, started),
        },
        estimate,
        distances,
        rows: count,
      },
      this.#backend,
    );
    return { model, scores };
  }

  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError `not-supported` with `novelty: true`, and as for {@link EllipticEnvelope.fit}
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedEllipticEnvelope>> {
    refuseNovelty(this);
    return labelled(await this.#fitScored(X, context), X, context);
  }

  /**
   * Reads a fitted detector from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @param context plugins that read an estimate of another package
   * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
   * @example
   * ```ts run
   * const model = await new EllipticEnvelope().fit([[1], [2], [3], [4], [99]]);
   * EllipticEnvelope.load(JSON.stringify(model)).threshold === model.threshold // => true
   * EllipticEnvelope.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown, context?: ReviveContext): FittedEllipticEnvelope {
    return FittedEllipticEnvelope.fromJSON(json, context);
  }

  #estimator(seed: number): Estimator {
    const { covariance, algorithm, supportFraction, supportCount, regularization, nTrials } = this.options;
    const place = this.#backend === undefined ? {} : { backend: this.#backend };
    switch (covariance) {
      case "mcd":
        return new MinCovDet({
          algorithm,
          regularization,
          nTrials,
          randomState: seed,
          ...(supportFraction === undefined ? {} : { supportFraction }),
          ...(supportCount === undefined ? {} : { supportCount }),
          ...place,
        });
      case "empirical":
        return new EmpiricalCovariance(place);
      case "ledoit-wolf":
        return new LedoitWolf(place);
      case "oas":
        return new OAS(place);
      default:
        return this.#backend === undefined ? covariance : adjusted(covariance, place);
    }
  }
}

/** An estimate, the part of it that judges, and what there is to say about that. */
interface Fitted {
  readonly estimate: EllipseModel;
  readonly distances: DistanceKind;
  readonly rows: number;
  readonly replacement?: { readonly replacement: Threshold };
  readonly findings: readonly Diagnostic[];
}

/** Which part of an estimate judges, given the threshold; what has no meaning for a regularised covariance is replaced or reported. */
function judgedBy(options: CheckedEllipticEnvelopeOptions, estimate: FittedModel, rows: number): Fitted {
  if (!isEllipseModel(estimate))
    throw new MixturaError(
      "not-supported",
      `${ELLIPTIC_ENVELOPE}.fit: a ${estimate.type} model has no centre and covariance. Give an estimator of @mixtura/covariance.`,
      { feature: "mahalanobis" },
    );
  const { kind, amount } = wishOf(thresholdInForce(options));
  const plain = { estimate, distances: "reweighted", rows, findings: [] } as const;
  if (kind === "hardinRocke") {
    if (rawPartOf(estimate) !== undefined) return { ...plain, distances: "raw" };
    const message =
      `{ hardinRocke: ${amount} } describes distances of a plain minimum covariance determinant, which these rows do not have; ` +
      `{ chiSquare: ${amount} } took its place. Take { contamination }, or { fpr } on clean rows.`;
    return {
      ...plain,
      replacement: { replacement: { chiSquare: amount } },
      findings: [{ code: "threshold-replaced", severity: "warning", message, detail: { share: amount } }],
    };
  }
  if (kind !== "chiSquare" || !isRegularised(estimate)) return plain;
  const message = `Distances by a regularised covariance are not χ² distributed: { chiSquare: ${amount} } is a rough limit. Take { contamination }, or { fpr } on clean rows.`;
  return { ...plain, findings: [{ code: "threshold-approximate", severity: "warning", message, detail: { share: amount } }] };
}

/** Σ w, or the number of rows. */
function countRows(X: MatrixLike, weights: Float64Array | undefined): number {
  return weights?.reduce((sum, weight) => sum + weight, 0) ?? toMatrix(X, { caller: ELLIPTIC_ENVELOPE }).rows;
}
