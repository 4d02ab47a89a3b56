import type { Matrix, Mixture } from "@mixtura/core";
import { checkSampleWeight, createPace, drawSeed } from "@mixtura/core/authoring";
import { checkContext } from "@mixtura/core/internal";

/** A row that fits the model badly. */
export interface UnusualRow {
  /** Index among the rows that were used, from 0. */
  readonly index: number;
  readonly label: number;
  readonly logDensity: number;
  /** Fraction of rows drawn from the model whose density is at most this row's. */
  readonly fraction: number;
  readonly values: Float64Array;
}

/** What the model says about the rows it was fitted on. */
export interface RowSurvey {
  /** The likeliest component of each row. */
  readonly labels: Int32Array;
  /** Natural-log density of each row. */
  readonly logDensities: Float64Array;
  /** Rows whose likeliest component is k; their weight where rows are weighted. */
  readonly sizes: Float64Array;
  /** Rows of the lowest log-density, the lowest first. */
  readonly unusual: readonly UnusualRow[];
  /** Rows drawn to judge them by. */
  readonly draws: number;
}

const UNUSUAL_ROWS = 5;
const MOST_DRAWS = 20_000;
const LEAST_DRAWS = 1_000;
/** Multiplications that drawing and scoring may take, about half a second of them. */
const BUDGET = 2e8;

/** Options of {@link surveyRows}, besides the model and the rows. */
export interface SurveyContext {
  readonly sampleWeight?: ArrayLike<number>;
  /** Seed of the rows that are drawn from the model to judge rarity by. Drawn where absent. */
  readonly randomState?: number;
  readonly signal?: AbortSignal;
  /** How many unusual rows are wanted. Default 5. */
  readonly unusualRows?: number;
}

/**
 * Labels and densities of the rows, the sizes of the components, and the most unusual rows. O(n·k·d²).
 *
 * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * const { sizes, unusual } = await surveyRows(
 *   model,
 *   toMatrix([[0], [9], [1]], { caller: "example" }),
 *   { randomState: 1 },
 * );
 * sizes // => [3]
 * unusual[0]!.index // => 1
 * ```
 */
export async function surveyRows(model: Mixture, X: Matrix, given?: SurveyContext): Promise<RowSurvey> {
  const context: SurveyContext = checkContext(given, "surveyRows");
  const sampleWeight = checkSampleWeight(context.sampleWeight, X.rows, "surveyRows");
  const { randomState = drawSeed(), unusualRows = UNUSUAL_ROWS } = context;
  const batch = context.signal === undefined ? {} : { signal: context.signal };
  const labels = await model.predict(X, batch);
  const logDensities = await model.scoreSamples(X, batch);
  const sizes = new Float64Array(model.nComponents);
  labels.forEach((label, row) => (sizes[label]! += sampleWeight?.[row] ?? 1));

  const draws = Math.round(Math.min(MOST_DRAWS, Math.max(LEAST_DRAWS, BUDGET / (model.nComponents * X.columns ** 2))));
  createPace(context.signal).check();
  const drawn = (await model.scoreSamples(model.sample(draws, { randomState }).X, batch)).toSorted();
  const unusual = lowest(logDensities, unusualRows).map((index) => ({
    index,
    label: labels[index]!,
    logDensity: logDensities[index]!,
    fraction: countUpTo(drawn, logDensities[index]!) / draws,
    values: X.data.slice(index * X.columns, (index + 1) * X.columns),
  }));
  return { labels, logDensities, sizes, unusual, draws };
}

/** Indices of the lowest values, the lowest first. */
function lowest(values: Float64Array, count: number): number[] {
  const kept: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (kept.length === count && values[index]! >= values[kept.at(-1)!]!) continue;
    const at = kept.findIndex((other) => values[index]! < values[other]!);
    kept.splice(at === -1 ? kept.length : at, 0, index);
    if (kept.length > count) kept.pop();
  }
  return kept;
}

/** How many of the sorted values are ≤ limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
