import type { Data, Diagnostic, FitContext, Matrix, MatrixLike } from "@mixtura/core";
import type { Pace, FitJob } from "@mixtura/core/authoring";
import { inStrides, sortValues, weightedQuantile, defineEstimator, present, forEachRow } from "@mixtura/core/authoring";
import type { Distribution } from "./distribution.ts";
import { distributionOf, skewnessOf, tailsOf } from "./distribution.ts";
import type { JudgedRows } from "./model.ts";
import { FittedECOD, labelsOf } from "./model.ts";
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
 * const model = await new ECOD({ contamination: 0.2 }).fit(
 *   [[1, 12], [2, 11], [2, 10], [3, 11], [9, 30]],
 * );
 * await model.predict([[2, 11], [9, 30]]) // => Int32Array.of(1, -1)
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * new ECOD({ contamination: 0.02 }).with({ tails: "feature" }).options
 *   .contamination // => 0.02
 * const model = await new ECOD().fit([[1], [2], [3], [9]]);
 * ECOD.load(JSON.stringify(model)).threshold === model.threshold
 * // => true
 * ECOD.load("{}") // throws invalid-model
 * ```
 * @remarks A fit sorts every feature, and sets the threshold at the `contamination` quantile of the training rows' scores, interpolated linearly: a
 *   row is an outlier where it scores less. It takes O(n·d·log n) time; the model keeps the different
 *   values of each feature. Rows must be in memory: a source of blocks is rejected with `not-supported`.
 * @see Li, Zhao, Hu, Botta, Ionescu & Chen, ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution Functions (2022)
 */
export class ECOD extends defineEstimator<ECODOptions, typeof ecodOptions, FittedECOD>({
  type: ECOD_TYPE,
  summary: "Outliers by the tail probabilities of each feature, with a reason per feature.",
  capabilities: ["outlier", "weights"],
  options: ecodOptions,
  rowsNeeded: "every feature is sorted as a whole. Read the blocks into one matrix first",
  fit: async (X, job) => (await fitScored(X, job)).model,
  revive: (json) => FittedECOD.fromJSON(json),
}) {
  /**
   * Fits and labels the same rows: +1 for normal ones, −1 for outliers. Scores each row once.
   *
   * @throws (by rejection) MixturaError as for `fit`
   * @example
   * ```ts run
   * const { labels } = await new ECOD({ contamination: 0.25 }).fitPredict(
   *   [[1], [1], [2], [2], [9]],
   * );
   * labels // => Int32Array.of(1, 1, 1, 1, -1)
   * ```
   */
  async fitPredict(X: MatrixLike, context: FitContext = {}): Promise<{ readonly model: FittedECOD } & JudgedRows> {
    const { model, scores } = await fitScored(X, this.job(X, context));
    // Rows of weight 0 are not scored by the fit.
    if (context.sampleWeight === undefined) return { model, scores, labels: labelsOf(scores, model.threshold) };
    return { model, ...(await model.judge(X, present({ signal: context.signal }))) };
  }
}

/** The model, and the scores of the rows that count. */
async function fitScored(
  given: Data,
  job: FitJob<CheckedECODOptions>,
): Promise<{ readonly model: FittedECOD; readonly scores: Float64Array }> {
  const read = await job.read(given);
  const { pace, options } = job;
  const { X, weights } = read;
  const rows = weights === undefined ? undefined : Uint32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const counted: Counted = { data: X, rows, weights: rows === undefined ? new Float64Array(X.rows).fill(1) : gather(weights!, rows) };
  const distributions = await distributionsOf(counted, pace);
  const surprises = { features: distributions.map(tailsOf), rule: options.tails };
  const scores = new Float64Array(counted.weights.length);
  await forEachRow(scores.length, X.columns, pace, (i) => {
    scores[i] = 0 - surpriseOf(surprises, X.data, (rows === undefined ? i : rows[i]!) * X.columns);
  });
  const threshold = weightedQuantile(await sortValues(scores, counted.weights, pace), options.contamination);
  pace.check();
  const { columnDiagnostics } = await import("@mixtura/backend/internal/columns"); // as large as the rest of this package
  const columns = await columnDiagnostics(X, weights, pace);
  const constant = distributions.flatMap((distribution, j) => constantFeature(distribution, j, X.featureNames));
  const model = new FittedECOD({
    ...job.record(read, { diagnostics: [...columns, ...constant] }),
    tails: options.tails,
    distributions,
    threshold,
  });
  return { model, scores };
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
      message: `The feature ${name} is constant: it adds nothing to the scores of training rows, and log 2 to that of a row with any other value. Leave it out.`,
      detail: { feature },
    },
  ];
}
