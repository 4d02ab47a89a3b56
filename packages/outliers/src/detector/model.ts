import type { BatchContext, Detector, DetectorContext, MatrixLike, NotJudgedRow, WeightedBatchContext } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { ModelBase } from "@mixtura/core/authoring";
import type { BackendModel, BackendReference } from "@mixtura/core/internal";
import { guarded } from "../columns/guarded.ts";
import type { KnownColumns } from "../columns/known.ts";
import type { Explanation, ExplanationMethod } from "../explain/explanation.ts";
import type { FalseAlarmRate } from "../threshold/calibration.ts";
import { conformalPValue } from "../threshold/conformal.ts";
import type { Threshold } from "../threshold/threshold.ts";
import type { JudgedRows } from "./judged-rows.ts";
import { labelsOf } from "./judged-rows.ts";
import type { DetectorFacts, Judgement } from "./judgement.ts";
import type { DetectorPoint } from "./point.ts";
import { detectorPoint } from "./point.ts";
import type { Scoring } from "./scoring.ts";
import { KNOWN, SCORING } from "./scoring.ts";

/** What {@link FittedDetector.explain} takes besides its rows. */
export interface ExplainContext extends BatchContext {
  /** How values are shared among features. Default "shapley". */
  readonly method?: ExplanationMethod;
}

/**
 * What every detector's model answers: how normal rows are, and which of them are outliers. Comes from `fit` or `load`; never changes.
 *
 * Signs are scikit-learn's: `scoreSamples` is higher for more normal rows, `decisionFunction` is negative for outliers, `predict` is −1 for them.
 *
 * A row that breaks a linear dependency of the training columns, such as `gross = net + vat`, scores below −1e300, the lower the farther it is off; every other row scores
 * more. Features that hold one value in all training rows are left out, unless `constants` was "strict". Both are named in `trace.diagnostics`.
 *
 * With `badRows: "report"` a row that cannot be read is no error: its scores and p-values are NaN, its label is 0, and `judge` says what is wrong with it.
 */
export abstract class FittedDetector extends ModelBase implements Detector, BackendModel {
  /** Whether the training rows were said to be clean. */
  readonly novelty: boolean;
  /** Rows that score less are outliers; in the units of `scoreSamples`. */
  readonly threshold: number;
  /** The threshold rule that was asked for, such as `{ apart: 0.1 }`. */
  readonly rule: Threshold;
  /** Synchronous, allocation-free answers about one point. */
  readonly point: DetectorPoint;
  /** @internal */
  declare readonly [SCORING]: Scoring;
  /** @internal */
  declare readonly [KNOWN]: KnownColumns;

  readonly #facts: DetectorFacts;

  /** @internal */
  protected constructor(facts: DetectorFacts, scoring: Scoring) {
    super(facts);
    const { novelty, judgement, known } = facts;
    const guard = guarded(scoring, known);
    this.#facts = facts;
    this.novelty = novelty;
    this.threshold = judgement.threshold;
    this.rule = Object.freeze(judgement.rule);
    this.point = detectorPoint(guard, facts, judgement.threshold);
    Object.defineProperty(this, SCORING, { value: guard });
    Object.defineProperty(this, KNOWN, { value: known });
  }

  /** Scores of the clean rows that the threshold was calibrated on, in ascending order; a copy. Absent where it was not. */
  get calibrationScores(): Float64Array | undefined {
    return this.#facts.judgement.calibration?.slice();
  }

  /**
   * How normal each row is; higher is more normal.
   *
   * @param X m×d
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   */
  scoreSamples(X: MatrixLike, context: DetectorContext = {}): Promise<Float64Array> {
    return this.#scores("scoreSamples", X, context);
  }

  /**
   * `scoreSamples` minus the threshold: negative for outliers.
   *
   * @throws (by rejection) MixturaError as for {@link FittedDetector.scoreSamples}
   */
  async decisionFunction(X: MatrixLike, context: DetectorContext = {}): Promise<Float64Array> {
    const scores = await this.#scores("decisionFunction", X, context);
    for (let i = 0; i < scores.length; i++) scores[i]! -= this.threshold;
    return scores;
  }

  /**
   * +1 for normal rows, −1 for outliers: those that score less than the threshold.
   *
   * @throws (by rejection) MixturaError as for {@link FittedDetector.scoreSamples}
   */
  async predict(X: MatrixLike, context: DetectorContext = {}): Promise<Int32Array> {
    return labelsOf(await this.#scores("predict", X, context), this.threshold);
  }

  /**
   * 1 for each outlier, 0 for each other row, bad ones that are reported among them: one byte a row, which sums to their number, masks other typed arrays and moves between threads
   * without a copy, as a list of booleans would not.
   *
   * @throws (by rejection) MixturaError as for {@link FittedDetector.scoreSamples}
   */
  async isOutlier(X: MatrixLike, context: DetectorContext = {}): Promise<Uint8Array> {
    const scores = await this.#scores("isOutlier", X, context);
    return Uint8Array.from(scores, (score) => Number(score < this.threshold));
  }

  /**
   * How likely a clean row would score as low as each row or lower: (1 + #{calibration scores ≤ s}) / (n + 1). Small for outliers; for a clean row
   * that neither fit nor calibration saw, it is at most p with probability at most p.
   *
   * @throws (by rejection) MixturaError `not-supported` for a model that is not calibrated, and as for {@link FittedDetector.scoreSamples}
   * @see Bates, Candès, Lei, Romano & Sesia, Testing for outliers with conformal p-values, Ann. Stat. 51 (2023)
   */
  async pValues(X: MatrixLike, context: DetectorContext = {}): Promise<Float64Array> {
    const { calibration } = this.#facts.judgement;
    if (calibration === undefined)
      throw new MixturaError(
        "not-supported",
        `${this.type}.pValues: the model is not calibrated. Fit with novelty: true and a threshold { fpr }, or call calibrate with clean rows.`,
        { feature: "pValues" },
      );
    const scores = await this.#scores("pValues", X, context);
    return scores.map((score) => conformalPValue(calibration, score));
  }

  /**
   * Scores, labels and, where the model is calibrated, p-values of rows, by one scoring of them.
   *
   * @throws (by rejection) MixturaError as for {@link FittedDetector.scoreSamples}
   * @example
   * ```ts run
   * const model = await new EllipticEnvelope({
   *   covariance: "empirical",
   *   threshold: { score: -1.5 },
   * }).fit([[-1], [0], [1]]);
   * const { scores, labels } = await model.judge([[0], [5]]);
   * labels // => Int32Array.of(1, -1)
   * scores // ≈ [0, -37.5]
   * const some = await model.judge([[0], [NaN]], { badRows: "report" });
   * some.labels // => Int32Array.of(1, 0)
   * some.badRows!.map(({ row }) => row) // => [1]
   * some.badRows![0]!.reason
   * // => "column 0 is NaN. Remove the row or fill in the value first."
   * ```
   */
  async judge(X: MatrixLike, context: DetectorContext = {}): Promise<JudgedRows> {
    const { calibration } = this.#facts.judgement;
    const badRows: NotJudgedRow[] = [];
    const scores = await this.#scores("judge", X, context, badRows);
    return {
      scores,
      labels: labelsOf(scores, this.threshold),
      ...(calibration === undefined ? {} : { pValues: scores.map((score) => conformalPValue(calibration, score)) }),
      ...(badRows.length === 0 ? {} : { badRows }),
    };
  }

  /**
   * The same model with a threshold that keeps a rate of false alarms: calibrated on clean rows that the fit did not see. The promise holds for
   * rows from where these come from, for any model and any training rows.
   *
   * @param X clean rows, as many as the rate needs: ⌈1/rate⌉ − 1 at least
   * @param context `sampleWeight`: how many rows each stands for, whole numbers
   * @throws (by rejection) MixturaError `too-few-rows` with the number that the rate needs, `invalid-option`, `invalid-weight`, and as for
   *   {@link FittedDetector.scoreSamples}
   */
  async calibrate(X: MatrixLike, rate: FalseAlarmRate, context: WeightedBatchContext = {}): Promise<this> {
    const { calibration } = await import("./batch.ts");
    const judgement = await calibration(this, X, rate, context);
    return this.rejudged(judgement);
  }

  /**
   * Why rows are as unusual as they are: squared distances from what is normal; what each feature adds to them, and what it should have been, given
   * all others. For mixtures, distances are means of those from the components, by their responsibilities in the row. O(n·k·d²). Each row is judged by
   * itself: one whose squared distance is beyond the doubles gets finite numbers too, as {@link Explanation} says.
   *
   * @param X n×d
   * @param context `method`: how values are shared among features, "shapley" (default) or "corr-max"
   * @throws (by rejection) MixturaError `invalid-option`, `not-supported` where the model inside neither is Gaussian nor explains itself, and as for
   *   {@link FittedDetector.scoreSamples}
   * @example
   * ```ts run
   * const mixture = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[40, 7]],
   *   covariances: [[[9, 0], [0, 1]]],
   * });
   * const detector = await new MixtureDetector({
   *   mixture,
   *   threshold: { logDensity: -9 },
   * }).fit([[40, 7]]);
   * const { value, contributions, expected, surprise } =
   *   await detector.explain([[97, 7]]);
   * value // ≈ [361]
   * contributions.data // ≈ [361, 0]
   * expected!.data // ≈ [40, 7]
   * surprise!.data // ≈ [19, 0]
   * ```
   */
  async explain(X: MatrixLike, context: ExplainContext = {}): Promise<Explanation> {
    const { explained } = await import("./explained.ts");
    return explained(this, X, context);
  }

  /** The same model, computing elsewhere. */
  abstract withBackend(backend: BackendReference): this;
  /** The same model, judging otherwise. @internal */
  protected abstract rejudged(judgement: Judgement): this;

  async #scores(method: string, X: MatrixLike, context: DetectorContext, bad?: NotJudgedRow[]): Promise<Float64Array> {
    const { scoresOf } = await import("./batch.ts"); // not needed to judge single points
    return scoresOf(this, method, X, context, bad);
  }
}
