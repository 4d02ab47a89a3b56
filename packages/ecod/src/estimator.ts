import type { BlockSource, Diagnostic, Estimator, FitContext, Matrix, MatrixLike, Pace } from "@mixtura/core";
import {
  checkFitContext,
  checkOptions,
  checkSampleWeight,
  createPace,
  inStrides,
  isBlockSource,
  MixturaError,
  sortValues,
  toMatrix,
  weightedQuantile,
} from "@mixtura/core";
import type { Distribution } from "./distribution.ts";
import { distributionOf, skewnessOf, tailsOf } from "./distribution.ts";
import type { JudgedRows } from "./model.ts";
import { eachChunk, FittedECOD, labelsOf } from "./model.ts";
import type { CheckedECODOptions, ECODOptions } from "./options.ts";
import { ecodOptions } from "./options.ts";
import { ECOD_TYPE } from "./payload.ts";
import { surpriseOf } from "./score.ts";

/**
 * Outlier detection by empirical cumulative distributions: a row is as outlying as its values are rare in the tails of their features.
 *
 * Nothing is tuned and nothing is drawn. With F the empirical distribution of a feature, left and right tails of a row are
 * O₋ = −Σⱼ log Fⱼ(xⱼ) and O₊ = −Σⱼ log (1 − Fⱼ(xⱼ⁻)); the third sum takes for each feature the tail to which it is skewed; the largest of the three
 * counts.
 *
 * @example
 * ```ts run
 * const model = await new ECOD({ contamination: 0.2 }).fit([[1, 12], [2, 11], [2, 10], [3, 11], [9, 30]]);
 * await model.predict([[2, 11], [9, 30]]) // => Int32Array.of(1, -1)
 * ```
 * @remarks A fit takes O(n·d·log n) time; the model keeps the different values of each feature.
 * @see Li, Zhao, Hu, Botta, Ionescu & Chen, ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution Functions (2022)
 */
export class ECOD implements Estimator<FittedECOD> {
  readonly type: typeof ECOD_TYPE = ECOD_TYPE;
  readonly options: CheckedECODOptions;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: ECODOptions = {}) {
    this.options = checkOptions(ECOD_TYPE, ecodOptions, options);
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * new ECOD({ contamination: 0.02 }).with({ tails: "feature" }).options.contamination // => 0.02
   * ```
   */
  with(changes: ECODOptions): ECOD {
    return new ECOD({ ...this.options, ...changes });
  }

  /**
   * Sorts every feature, and sets the threshold at the `contamination` quantile of the training rows' scores, interpolated linearly. A row is an
   * outlier where it scores less.
   *
   * @param X n×d rows; a source of blocks is turned down
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `not-supported`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedECOD> {
    return (await this.#fitScored(X, context)).model;
  }

  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers. Scores each row once.
   *
   * @throws (by rejection) MixturaError as for {@link ECOD.fit}
   * @example
   * ```ts run
   * const { labels } = await new ECOD({ contamination: 0.25 }).fitPredict([[1], [1], [2], [2], [9]]);
   * labels // => Int32Array.of(1, 1, 1, 1, -1)
   * ```
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<{ readonly model: FittedECOD } & JudgedRows> {
    const { model, scores } = await this.#fitScored(X, context);
    // Rows of weight 0 are not scored by the fit.
    if (context.sampleWeight === undefined) return { model, scores, labels: labelsOf(scores, model.threshold) };
    return { model, ...(await model.judge(X, context.signal === undefined ? {} : { signal: context.signal })) };
  }

  async #fitScored(
    X: MatrixLike | BlockSource,
    context: FitContext,
  ): Promise<{ readonly model: FittedECOD; readonly scores: Float64Array }> {
    const started = performance.now();
    const caller = `${ECOD_TYPE}.fit`;
    checkFitContext(context, caller);
    const pace = createPace(context.signal);
    pace.check();
    if (isBlockSource(X)) {
      throw new MixturaError("not-supported", `${caller}: every feature is sorted as a whole. Read the blocks into one matrix first.`, {
        feature: "blocks",
      });
    }
    const data = toMatrix(X, { caller });
    const weights = checkSampleWeight(context.sampleWeight, data.rows, caller);
    const rows = weights === undefined ? undefined : Uint32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
    const counted: Counted = { data, rows, weights: rows === undefined ? new Float64Array(data.rows).fill(1) : gather(weights!, rows) };
    const distributions = await distributionsOf(counted, pace);
    const { contamination, tails } = this.options;
    const surprises = { features: distributions.map(tailsOf), rule: tails };
    const scores = new Float64Array(counted.weights.length);
    await eachChunk(scores.length, data.columns, pace, (i) => {
      scores[i] = 0 - surpriseOf(surprises, data.data, (rows === undefined ? i : rows[i]!) * data.columns);
    });
    const threshold = weightedQuantile(await sortValues(scores, counted.weights, pace), contamination);
    pace.check();
    const model = new FittedECOD({
      featureCount: data.columns,
      ...(data.featureNames === undefined ? {} : { featureNames: Object.freeze([...data.featureNames]) }),
      tails,
      distributions,
      threshold,
      trace: {
        converged: true,
        iterations: 1,
        lowerBounds: Object.freeze([]),
        seed: 0,
        backend: "none",
        restarts: Object.freeze([]),
        diagnostics: Object.freeze(distributions.flatMap((distribution, j) => constantFeature(distribution, j, data.featureNames))),
        elapsedMilliseconds: performance.now() - started,
      },
    });
    return { model, scores };
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   * @example
   * ```ts run
   * const model = await new ECOD().fit([[1], [2], [3], [9]]);
   * ECOD.load(JSON.stringify(model)).threshold === model.threshold // => true
   * ECOD.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown): FittedECOD {
    return FittedECOD.fromJSON(json);
  }
}

/** The rows that count, and how much each does. */
interface Counted {
  readonly data: Matrix;
  /** Which rows; absent for all. */
  readonly rows: Uint32Array | undefined;
  readonly weights: Float64Array;
}

async function distributionsOf({ data: { data, columns }, rows, weights }: Counted, pace: Pace): Promise<Distribution[]> {
  const distributions: Distribution[] = [];
  const values = new Float64Array(weights.length);
  for (let j = 0; j < columns; j++) {
    await inStrides(values.length, pace, (start, end) => {
      for (let i = start; i < end; i++) values[i] = data[(rows === undefined ? i : rows[i]!) * columns + j]!;
    });
    const sorted = await sortValues(values, weights, pace);
    distributions.push(distributionOf(sorted, await skewnessOf(sorted, pace)));
  }
  return distributions;
}

function gather(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function constantFeature({ values }: Distribution, feature: number, names: readonly string[] | undefined): Diagnostic[] {
  if (values.length > 1) return [];
  const name = names === undefined ? feature : `"${names[feature]!}"`;
  return [
    {
      code: "constant-feature",
      severity: "warning",
      message: `The feature ${name} is constant: it says nothing about the training rows, and log 2 about any other value. Leave it out.`,
      detail: { feature },
    },
  ];
}
