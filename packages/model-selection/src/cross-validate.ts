import type {
  AnyEstimatorPlugin,
  Data,
  DeclarationsOf,
  Density,
  Estimator,
  FitContext,
  FitProgress,
  Matrix,
  MatrixLike,
} from "@mixtura/core";
import { isDensity, MixturaError, toMatrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { checkFitContext, checkOptions, checkSampleWeight, createPace, drawSeed, show } from "@mixtura/core/authoring";
import { isInMemory } from "@mixtura/core/internal";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import type { FoldScore, WeightedRows } from "./folds.ts";
import { assignFolds, meanScore, pickRows, standardError } from "./folds.ts";
import { foldsDeclaration, sharedOptions } from "./options.ts";

/** How well models of part of the rows predict the rest. */
export interface CrossValidation {
  /** Mean held-out log-density per unit of weight, in nats; higher is better. */
  readonly mean: number;
  /** Standard error of `mean`, from the spread between folds. */
  readonly standardError: number;
  /** Σ w of all rows. */
  readonly weight: number;
  /** Every fold; folds of one seed hold the same rows for any estimator. */
  readonly folds: readonly FoldScore[];
  readonly seed: number;
}

/** The options of {@link crossValidate}. */
export interface CrossValidateOptions {
  /** Parts of the rows, each held out once. Default 10. */
  folds?: number;
  /** Seed of the folds, and of a plugin's fits; drawn when absent. Comparisons want the same seed, so the same folds. */
  randomState?: number;
}

const crossValidateOptions = {
  folds: foldsDeclaration,
  randomState: sharedOptions.randomState,
} satisfies DeclarationsOf<CrossValidateOptions>;

/** A sign of life from a cross-validation. */
export interface CrossValidationProgress {
  /** Index of the fold, from 0. */
  readonly fold: number;
  readonly folds: number;
  readonly fit: FitProgress;
}

/** Options of a cross-validation, besides its data. */
export interface CrossValidationContext extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the work. */
  readonly onProgress?: (event: CrossValidationProgress) => void;
}

const CALLER = "crossValidate";

/**
 * Held-out log-likelihood by k-fold cross-validation, with its standard error.
 *
 * Rows are dealt to folds at random; the estimator is fitted on all but one fold and scores that one, fold after fold. Rows of weight 0 take
 * no part, and the mean is weighted.
 *
 * @param estimator an estimator whose models are densities, or a plugin with the capability "density", which gets its default options
 * @param X n×d rows in memory
 * @throws (by rejection) MixturaError `invalid-option` (more folds than rows, say), `unknown-option`, `not-supported` (no density, or rows that come
 *   in blocks), `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`, and what the fits reject with
 * @remarks The cost of as many fits as there are folds, each on its own copy of the other folds' rows; one copy at a time.
 * @see Smyth, Model selection for probabilistic clustering using cross-validated likelihood, Statistics and Computing 10 (2000)
 * @example
 * ```ts run
 * const { X } = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-4], [4]],
 *   covariances: [[[1]], [[1]]],
 * }).sample(200, { randomState: 1 });
 * const one = await crossValidate(
 *   new GaussianMixture({ nComponents: 1 }),
 *   X,
 *   { randomState: 7 },
 * );
 * const two = await crossValidate(
 *   new GaussianMixture({ nComponents: 2, randomState: 1 }),
 *   X,
 *   { randomState: 7 },
 * );
 * two.mean - one.mean > 5 * two.standardError // => true
 * await crossValidate(new GaussianMixture(), X, { folds: 201 })
 * // throws invalid-option
 * ```
 */
export async function crossValidate(
  estimator: Estimator | AnyEstimatorPlugin,
  X: MatrixLike,
  options: CrossValidateOptions = {},
  context: CrossValidationContext = {},
): Promise<CrossValidation> {
  const { folds, randomState } = checkOptions(CALLER, crossValidateOptions, options);
  const seed = randomState ?? drawSeed();
  const fitted = readEstimator(estimator, seed);
  const { signal, sampleWeight, onProgress } = checkFitContext(context, CALLER);
  const pace = createPace(signal);
  pace.check();
  const rows = rowsInMemory(X, sampleWeight, CALLER);
  return foldScores(fitted, rows, assignFolds(rows, folds, seed, CALLER), folds, seed, pace, onProgress);
}

/** The rows as a matrix with checked weights. */
export function rowsInMemory(X: Data, sampleWeight: ArrayLike<number> | undefined, caller: string): WeightedRows {
  if (!isInMemory(X)) {
    throw new MixturaError("not-supported", `${caller}: resampling needs rows in memory. Read them, or a sample of them, into memory.`, {
      feature: "blocks",
    });
  }
  const rows = toMatrix(X, { caller });
  return { X: rows, sampleWeight: checkSampleWeight(sampleWeight, rows.rows, caller) };
}

/** Σ w. */
export function totalWeight({ X, sampleWeight }: WeightedRows): number {
  return sampleWeight === undefined ? X.rows : sampleWeight.reduce((sum, weight) => sum + weight, 0);
}

/**
 * Fits and scores fold after fold.
 *
 * @param judged features by whose marginal density held-out rows are scored, where those are not all: the others follow from them, and what a
 *   model says of these is the floor's doing
 */
export async function foldScores(
  estimator: Estimator,
  rows: WeightedRows,
  fold: Int32Array,
  folds: number,
  seed: number,
  pace: Pace,
  onProgress?: (event: CrossValidationProgress) => void,
  judged?: readonly number[],
): Promise<CrossValidation> {
  const scores: FoldScore[] = [];
  for (let held = 0; held < folds; held++) {
    const training = pickRows(rows, fold, (at) => at !== held);
    const model = await estimator.fit(training.X, {
      ...(pace.signal === undefined ? {} : { signal: pace.signal }),
      ...(training.sampleWeight === undefined ? {} : { sampleWeight: training.sampleWeight }),
      ...(onProgress === undefined ? {} : { onProgress: (fit: FitProgress) => onProgress({ fold: held, folds, fit }) }),
    });
    if (!isDensity(model)) throw noDensity(estimator.type);
    const test = pickRows(rows, fold, (at) => at === held);
    const densities = await scoresOf(model, test.X, judged, pace);
    let weight = 0;
    let sum = 0;
    densities.forEach((density, row) => {
      const own = test.sampleWeight?.[row] ?? 1;
      weight += own;
      sum += own * density;
    });
    scores.push(Object.freeze({ rows: test.X.rows, weight, score: sum / weight }));
    if (pace.due()) await pace.turn();
  }
  return Object.freeze({
    mean: meanScore(scores),
    standardError: standardError(scores),
    weight: totalWeight(rows),
    folds: Object.freeze(scores),
    seed,
  });
}

async function scoresOf(model: Density, X: Matrix, judged: readonly number[] | undefined, { signal }: Pace): Promise<Float64Array> {
  const context = signal === undefined ? {} : { signal };
  if (judged === undefined) return model.scoreSamples(X, context);
  const { marginal } = await import("@mixtura/mixture/density");
  const { data, rows, columns } = X;
  const kept = new Float64Array(rows * judged.length);
  for (let i = 0, at = 0; i < rows; i++) for (const j of judged) kept[at++] = data[i * columns + j]!;
  // Only Gaussian mixtures say which features judge them.
  return marginal(model as FittedGaussianMixture, judged).scoreSamples({ data: kept, rows, columns: judged.length }, context);
}

function readEstimator(given: Estimator | AnyEstimatorPlugin, seed: number): Estimator {
  if (typeof given === "object" && given !== null) {
    if ("fit" in given && typeof given.fit === "function") return given;
    if ("create" in given && typeof given.create === "function") {
      if (!given.capabilities.includes("density")) throw noDensity(given.type);
      return given.create(given.options["randomState"] === undefined ? {} : { randomState: seed });
    }
  }
  throw new MixturaError("invalid-option", `${CALLER}: "estimator" must be an estimator or a plugin, found ${show(given)}.`, {
    option: "estimator",
    found: given,
  });
}

function noDensity(type: string): MixturaError {
  return new MixturaError("not-supported", `${CALLER}: models of "${type}" have no density, so they cannot be scored on held-out rows.`, {
    feature: "density",
  });
}
