import type { BatchContext, BlockSource, Detector, DetectorContext, Matrix, MatrixLike, NotJudgedRow, PointLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, pointReader, batchRows, ModelBase, readModel, valueOfEachRow, forEachRow } from "@mixtura/core/authoring";
import { tailsOf } from "./distribution.ts";
import type { TailRule } from "./options.ts";
import type { ECODPayload } from "./payload.ts";
import { ECOD_TYPE, parametersToJSON, readParameters } from "./payload.ts";
import type { Surprises } from "./score.ts";
import { contributionsOf, surpriseOf } from "./score.ts";

/** What the model says about some rows, by one scoring of them. */
export interface JudgedRows {
  /** How normal each row is: higher is more normal. */
  readonly scores: Float64Array;
  /** +1 for normal rows, −1 for outliers. */
  readonly labels: Int32Array;
  /** Rows that could not be judged, where they are reported and there are any: their score is NaN, their label 0. */
  readonly badRows?: readonly NotJudgedRow[];
}

/** +1 for rows that score the threshold or more, −1 for those that score less, 0 for those without a score. */
export function labelsOf(scores: Float64Array, threshold: number): Int32Array {
  const labels = new Int32Array(scores.length); // Int32Array.from would make a list of its own first
  for (let row = 0; row < labels.length; row++) labels[row] = scores[row]! < threshold ? -1 : scores[row]! >= threshold ? 1 : 0;
  return labels;
}

/** Synchronous answers about one point, without allocation. O(d log n). */
export interface ECODPoint {
  /** What `scoreSamples` would give. Throws `invalid-shape` or `not-finite`. */
  readonly score: (x: PointLike) => number;
  /** Whether `predict` would give −1. */
  readonly isOutlier: (x: PointLike) => boolean;
}

/** Tail probabilities of every feature, and a threshold. Comes from `ECOD.fit` or `ECOD.load`; never changes. */
export class FittedECOD extends ModelBase implements Detector {
  readonly type: typeof ECOD_TYPE = ECOD_TYPE;
  readonly tails: TailRule;
  /** Rows that score less are outliers; in the units of `scoreSamples`. */
  readonly threshold: number;
  readonly point: ECODPoint;

  readonly #payload: ECODPayload;
  readonly #surprises: Surprises;

  /** @internal */
  constructor(payload: ECODPayload) {
    super(payload);
    const { featureCount, tails, distributions, threshold } = payload;
    this.#payload = payload;
    this.#surprises = { features: distributions.map(tailsOf), rule: tails };
    this.tails = tails;
    this.threshold = threshold;
    const read = pointReader(featureCount, payload.featureNames);
    const score = (x: PointLike): number => 0 - surpriseOf(this.#surprises, read(x), 0);
    this.point = Object.freeze({ score, isOutlier: (x: PointLike) => score(x) < threshold });
    Object.freeze(this);
  }

  /** Skewness of each feature in the training rows: where it is negative, the left tail is the one that counts. A copy. */
  get skewness(): Float64Array {
    return Float64Array.from(this.#payload.distributions, ({ skewness }) => skewness);
  }

  /**
   * How normal each row is, as scikit-learn has it: higher is more normal, 0 is the most. Minus a sum of −log tail probabilities, in nats.
   *
   * Rows are scored against the training rows alone: what one row scores does not depend on the others. A value beyond all that was seen counts as
   * half the rows of the outermost value. O(m·d·log n).
   *
   * @param X m×d
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new ECOD().fit([[1], [2], [3], [9]]);
   * await model.scoreSamples([[9], [NaN]], { badRows: "report" })
   * // ≈ [-1.3862943611198906, NaN]
   * await model.scoreSamples([[9], [1]])
   * // ≈ [-1.3862943611198906, -1.3862943611198906]
   * ```
   */
  async scoreSamples(X: MatrixLike | BlockSource, context: DetectorContext = {}): Promise<Float64Array> {
    return valueOfEachRow(this, "scoreSamples", X, context, (data, at) => 0 - surpriseOf(this.#surprises, data, at));
  }

  /**
   * `scoreSamples` minus the threshold: negative for outliers.
   *
   * @throws (by rejection) MixturaError as for {@link FittedECOD.scoreSamples}
   * @example
   * ```ts run
   * const model = await new ECOD({ contamination: 0.25 }).fit(
   *   [[1], [1], [2], [2], [9]],
   * );
   * const [usual, far] = await model.decisionFunction([[2], [50]]);
   * usual! > 0 && far! < 0 // => true
   * ```
   */
  async decisionFunction(X: MatrixLike | BlockSource, context: DetectorContext = {}): Promise<Float64Array> {
    const { threshold } = this;
    return valueOfEachRow(this, "decisionFunction", X, context, (data, at) => 0 - surpriseOf(this.#surprises, data, at) - threshold);
  }

  /**
   * +1 for rows like the training rows, −1 for outliers: those that score less than the threshold.
   *
   * @throws (by rejection) MixturaError as for {@link FittedECOD.scoreSamples}
   * @example
   * ```ts run
   * const model = await new ECOD({ contamination: 0.25 }).fit(
   *   [[1], [1], [2], [2], [9]],
   * );
   * await model.predict([[2], [50]]) // => Int32Array.of(1, -1)
   * ```
   */
  async predict(X: MatrixLike | BlockSource, context: DetectorContext = {}): Promise<Int32Array> {
    const scores = await valueOfEachRow(this, "predict", X, context, (data, at) => 0 - surpriseOf(this.#surprises, data, at));
    return labelsOf(scores, this.threshold);
  }

  /**
   * Scores and labels of rows, by one scoring of them.
   *
   * @throws (by rejection) MixturaError as for {@link FittedECOD.scoreSamples}
   * @example
   * ```ts run
   * const model = await new ECOD({ contamination: 0.25 }).fit(
   *   [[1], [1], [2], [2], [9]],
   * );
   * (await model.judge([[2], [50]])).labels // => Int32Array.of(1, -1)
   * ```
   */
  async judge(X: MatrixLike | BlockSource, context: DetectorContext = {}): Promise<JudgedRows> {
    const badRows: NotJudgedRow[] = [];
    const scores = await valueOfEachRow(this, "judge", X, context, (data, at) => 0 - surpriseOf(this.#surprises, data, at), badRows);
    return { scores, labels: labelsOf(scores, this.threshold), ...(badRows.length === 0 ? {} : { badRows }) };
  }

  /**
   * What each feature adds to how outlying a row is, in nats, m×d: the sum of a row is minus its score.
   *
   * @throws (by rejection) MixturaError as for {@link FittedECOD.scoreSamples}
   * @example
   * ```ts run
   * const X = [[1, 5], [2, 6], [3, 7], [4, 8], [5, 9], [90, 7]];
   * const model = await new ECOD().fit(X);
   * const { data } = await model.explain([[90, 7]]);
   * data[0]! > data[1]! // => true
   * data[0]! + data[1]! === -model.point.score([90, 7]) // => true
   * ```
   */
  async explain(X: MatrixLike, context: BatchContext = {}): Promise<Matrix> {
    const d = this.featureCount;
    const pace = createPace((context as BatchContext | null)?.signal);
    pace.check();
    const { data, rows } = batchRows(this, "explain", X, context);
    const out = new Float64Array(rows * d);
    await forEachRow(rows, d, pace, (i) => contributionsOf(this.#surprises, data, i * d, out.subarray(i * d, (i + 1) * d)));
    return matrix(out, rows, d, this.featureNames);
  }

  /** Reads a model from untrusted JSON. */
  static fromJSON(json: unknown): FittedECOD {
    return new FittedECOD(readModel(json, ECOD_TYPE, readParameters));
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }
}
