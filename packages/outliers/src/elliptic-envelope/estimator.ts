import type { Backend } from "@mixtura/backend";
import type { OnBackend } from "@mixtura/backend/authoring";
import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { Data, Diagnostic, Estimator, FitContext, FitProgress, FittedModel, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { drawSeed, present } from "@mixtura/core/authoring";
import { EmpiricalCovariance, LedoitWolf, MinCovDet, OAS } from "@mixtura/covariance";
import { adjusted } from "../detector/adjusted.ts";
import { detectorTrace, judgedFit, ROWS_NEEDED, trainingRows } from "../detector/fit.ts";
import type { FittedAndLabelled, FittedAndScored } from "../detector/fit-predict.ts";
import { labelled, refuseNovelty } from "../detector/fit-predict.ts";
import { checkJudgement, rejectLooseRule, thresholdInForce } from "../threshold/declare.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { ruleOf } from "../threshold/threshold.ts";
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
 * const X = [
 *   [1, 2], [2, 1], [2, 3], [3, 2], [3, 4], [4, 3], [4, 5], [5, 4],
 *   [90, -80], [95, -85],
 * ];
 * const { model, labels } = await new EllipticEnvelope({
 *   threshold: { contamination: 0.2 },
 * }).fitPredict(X);
 * labels // => Int32Array.of(1, 1, 1, 1, 1, 1, 1, 1, -1, -1)
 * model.point.isOutlier([3, 3]) // => false
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new EllipticEnvelope({ supportFraction: 0.75 }).with({
 *   threshold: { chiSquare: 0.99 },
 * }).options.supportFraction // => 0.75
 * const model = await new EllipticEnvelope().fit(
 *   [[1], [2], [3], [4], [99]],
 * );
 * EllipticEnvelope.load(JSON.stringify(model)).threshold ===
 *   model.threshold // => true
 * EllipticEnvelope.load("{}") // throws invalid-model
 * ```
 * @remarks Where `{ hardinRocke }` has no meaning, the covariance having been regularised, `{ chiSquare }` of the same fraction takes its place, and a
 *   diagnostic says so. Weights must be whole numbers for the robust covariance. A source of blocks is rejected with `not-supported`; so are, with
 *   `too-few-rows` and the number that is needed, rows that are too few to calibrate `{ fpr }` on. The cost is that of the covariance: O(n·d²) per concentration step, some tens of them, for the robust one.
 * @see Rousseeuw & Van Driessen, A fast algorithm for the minimum covariance determinant estimator (1999); Hubert, Rousseeuw & Verdonck, A
 *   deterministic algorithm for robust location and scatter (2012)
 */
export class EllipticEnvelope extends defineBackendEstimator<
  EllipticEnvelopeOptions,
  typeof ellipticEnvelopeOptions,
  FittedEllipticEnvelope
>({
  type: ELLIPTIC_ENVELOPE,
  summary: "Outliers and novelties by the robust distance from one centre.",
  capabilities: ["outlier", "weights"],
  options: ellipticEnvelopeOptions,
  rowsNeeded: ROWS_NEEDED,
  checkGiven: (given) => rejectLooseRule(ELLIPTIC_ENVELOPE, given),
  check(options, { backend }) {
    checkJudgement(ELLIPTIC_ENVELOPE, options);
    checkCovariance(ELLIPTIC_ENVELOPE, options);
    estimatorOf(options, backend, 0); // its own check of the options comes before any work, too
  },
  fit: async (X, job) => (await fitScored(X, job)).model,
  revive: (json, context) => FittedEllipticEnvelope.fromJSON(json, context),
}) {
  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers.
   *
   * @throws (by rejection) MixturaError `not-supported` with `novelty: true`, and as for `fit`
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<FittedAndLabelled<FittedEllipticEnvelope>> {
    refuseNovelty(this);
    return labelled(await fitScored(X, this.job(X, context)), X, context);
  }
}

/** The model, and the scores of the training rows where the fit had need of them. */
async function fitScored(
  X: Data,
  job: FitJob<CheckedEllipticEnvelopeOptions> & OnBackend,
): Promise<FittedAndScored<FittedEllipticEnvelope>> {
  const { options, backend, context } = job;
  const read = await job.read(X);
  const rows = trainingRows(X, read, job);
  const seed = options.randomState ?? drawSeed();
  const { onProgress, signal, provenance } = context;
  const passedOn = onProgress && ((event: FitProgress) => onProgress({ ...event, estimator: ELLIPTIC_ENVELOPE }));
  let fitted: Fitted | undefined;
  const { learned, judgement, scores } = await judgedFit(rows, {
    options,
    seed,
    fit: async ({ X: training, weights }) => {
      const inner = present({ onProgress: passedOn, signal, provenance, sampleWeight: weights });
      const estimate = await estimatorOf(options, backend, seed).fit(training, inner);
      fitted = judgedBy(options, estimate, countRows(training, weights));
      return { scoring: envelopeScoring(partOf(fitted, backend), subsetOf(fitted)), ...fitted.replacement };
    },
  });
  rows.pace.check();
  const { estimate, distances, rows: count, findings } = fitted!;
  const record = job.record(
    { ...read, featureCount: estimate.featureCount },
    detectorTrace(estimate.trace, seed, findings, { learned, featureNames: read.featureNames }),
  );
  const model = new FittedEllipticEnvelope(
    { ...record, novelty: options.novelty, judgement, known: learned.known, estimate, distances, rows: count },
    backend,
  );
  return { model, scores };
}

/** The estimator of centre and covariance. */
function estimatorOf(options: CheckedEllipticEnvelopeOptions, backend: Backend | undefined, seed: number): Estimator {
  const { covariance, algorithm, supportFraction, supportCount, regularization, correction, nTrials } = options;
  const place = present({ backend });
  switch (covariance) {
    case "mcd":
      return new MinCovDet({
        algorithm,
        regularization,
        correction,
        nTrials,
        randomState: seed,
        ...present({ supportFraction, supportCount }),
        ...place,
      });
    case "empirical":
      return new EmpiricalCovariance(place);
    case "ledoit-wolf":
      return new LedoitWolf(place);
    case "oas":
      return new OAS(place);
    default:
      return backend === undefined ? covariance : adjusted(covariance, place);
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
  const { kind, amount } = ruleOf(thresholdInForce(options));
  const plain = { estimate, distances: "reweighted", rows, findings: [] } as const;
  if (kind === "hardinRocke") {
    if (rawPartOf(estimate) !== undefined) return { ...plain, distances: "raw" };
    const message =
      `{ hardinRocke: ${amount} } describes distances of a plain minimum covariance determinant, which these rows do not have; ` +
      `{ chiSquare: ${amount} } took its place. Take { apart }, or { fpr } on clean rows.`;
    return {
      ...plain,
      replacement: { replacement: { chiSquare: amount } },
      findings: [{ code: "threshold-replaced", severity: "warning", message, detail: { fraction: amount } }],
    };
  }
  if (kind !== "chiSquare" || !isRegularised(estimate)) return plain;
  const message = `Distances by a regularised covariance are not χ² distributed: { chiSquare: ${amount} } is a rough limit. Take { apart }, or { fpr } on clean rows.`;
  return { ...plain, findings: [{ code: "threshold-approximate", severity: "warning", message, detail: { fraction: amount } }] };
}

/** Σ w, or the number of rows. */
function countRows(X: MatrixLike, weights: Float64Array | undefined): number {
  return weights?.reduce((sum, weight) => sum + weight, 0) ?? toMatrix(X, { caller: ELLIPTIC_ENVELOPE }).rows;
}
