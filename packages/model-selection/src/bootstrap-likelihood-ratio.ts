import type { FitContext, FitProgress, MatrixLike } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { checkFitContext, checkOptions, createPace, createRandom, drawSeed, show } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import { gaussianMixturePlugin } from "@mixtura/mixture";
import { takeBackend } from "@mixtura/mixture/internal";
import type { BootstrapLikelihoodRatioOptions } from "./bootstrap-options.ts";
import { bootstrapLikelihoodRatioOptions } from "./bootstrap-options.ts";
import { isDegenerate } from "./candidate.ts";
import { rowsInMemory } from "./cross-validate.ts";
import type { FitRecipe } from "./fit-candidate.ts";
import { estimatorOf, fitBest, isBetter } from "./fit-candidate.ts";
import type { MonteCarloPValue } from "./monte-carlo.ts";
import { monteCarloPValue } from "./monte-carlo.ts";
import { drawnRows } from "./resample.ts";
import { resident } from "./resident.ts";

/** One test: k components against k + 1. */
export interface LikelihoodRatioTest extends MonteCarloPValue {
  /** Components of the null hypothesis. */
  readonly nComponents: number;
  /** 2 (log L₁ − log L₀) of the rows, in nats. */
  readonly statistic: number;
  /** The same of every data set that was drawn from the null hypothesis, in order of drawing. */
  readonly simulated: Float64Array;
  /** Draws at least as extreme as what was observed. */
  readonly exceedances: number;
  /** Whether drawing ended early, with `stopAfter` exceedances. */
  readonly stopped: boolean;
  readonly rejected: boolean;
  /** Whether a fit of the rows is degenerate: then the statistic means nothing. */
  readonly degenerate: boolean;
  readonly null: FittedGaussianMixture;
  readonly alternative: FittedGaussianMixture;
}

/** The outcome of {@link bootstrapLikelihoodRatio}. */
export interface LikelihoodRatioTests {
  /** The tests that were made: all but the last one were rejected. */
  readonly tests: readonly LikelihoodRatioTest[];
  /** The first number of components that was not rejected; one more than the last one tested where all were. */
  readonly nComponents: number;
  readonly level: number;
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}

/** A sign of life from a bootstrap test. */
interface LikelihoodRatioProgress {
  /** Components of the null hypothesis under test. */
  readonly nComponents: number;
  /** Data sets drawn and fitted so far; 0 while the rows themselves are fitted. */
  readonly draws: number;
  readonly nBootstrap: number;
  readonly fit: FitProgress;
}

/** Options of a bootstrap test, besides its data. */
export interface LikelihoodRatioContext extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the work. */
  readonly onProgress?: (event: LikelihoodRatioProgress) => void;
}

const CALLER = "bootstrapLikelihoodRatio";

/** Sets the random streams of simulated data and of their fits apart from all others. */
const DATA_STREAM = 0xb007;
const FIT_STREAM = 0xb0f1;

/**
 * Parametric bootstrap of the likelihood ratio: are k components enough, or does one more describe the rows better than chance would?
 *
 * The distribution of the ratio is unknown in theory, so it is simulated: data sets of the same size are drawn from the fit with k components
 * and treated like the rows. Rows and draws have the same restarts, the same rule for the floor under variances, and the same further starts:
 * the null hypothesis' fit is split for the alternative, whose two most alike components are merged for the null hypothesis. Drawing may end early under
 * the rule of Besag & Clifford, which leaves the p-value valid: a true null hypothesis is rejected with probability `level` at most, but for
 * what fits miss and for the parameters' being estimated. Tests one after the other stop at the first that is not rejected, which is too
 * early where two components more help much but one more hardly does.
 *
 * @param X n×d rows in memory; with weights, draws have Σ w rows, rounded
 * @throws (by rejection) MixturaError `invalid-option` (numbers of components that do not rise by one, say), `unknown-option`, `too-few-rows`,
 *   `not-supported` (rows that come in blocks), `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
 * @remarks Up to 3 (nBootstrap + 1) fits of `nInit` starts per test; a few times `stopAfter` of them for a null hypothesis that clearly holds.
 * @see McLachlan, On bootstrapping the likelihood ratio test statistic for the number of components in a normal mixture, Appl. Stat. 36 (1987)
 * @example
 * ```ts run
 * const { X } = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[1]]],
 * }).sample(100, { randomState: 1 });
 * const { tests, nComponents } = await bootstrapLikelihoodRatio(X, {
 *   nComponents: [1, 2],
 *   covarianceType: "tied",
 *   nBootstrap: 39,
 *   randomState: 1,
 * });
 * nComponents // => 2
 * tests[0]!.pValue // => 0.025
 * await bootstrapLikelihoodRatio(X, { nComponents: [2, 1] })
 * // throws invalid-option
 * ```
 */
export async function bootstrapLikelihoodRatio(
  X: MatrixLike,
  options: BootstrapLikelihoodRatioOptions & BackendChoice = {},
  given?: LikelihoodRatioContext,
): Promise<LikelihoodRatioTests> {
  const started = performance.now();
  const context: LikelihoodRatioContext = checkFitContext(given, CALLER);
  const { backend, options: rest } = takeBackend(CALLER, options);
  const checked = checkOptions(CALLER, bootstrapLikelihoodRatioOptions, rest);
  const { nComponents, covarianceType, nBootstrap, stopAfter, level, randomState, ...shared } = checked;
  const counts = risingByOne([nComponents].flat());
  const seed = randomState ?? drawSeed();
  const recipe: FitRecipe = {
    plugin: gaussianMixturePlugin,
    shared: { ...shared, randomState: seed },
    given: new Set(Object.keys(rest)),
    ...(backend === undefined ? {} : { backend }),
  };
  estimatorOf(recipe, { nComponents: counts[0]!, covarianceType });
  const pace = createPace(context.signal);
  pace.check();
  const rows = rowsInMemory(X, context.sampleWeight, CALLER);
  const size = drawnRows(rows, rows.X.columns, CALLER);
  checkEnough(rows.X.rows, counts);
  const signal = context.signal === undefined ? {} : { signal: context.signal };

  const ratio = async (data: MatrixLike, k: number, draws: number, own: FitRecipe, more: FitContext) => {
    const { onProgress } = context;
    const fitContext = {
      ...signal,
      ...more,
      ...(onProgress === undefined ? {} : { onProgress: (fit: FitProgress) => onProgress({ nComponents: k, draws, nBootstrap, fit }) }),
    };
    const held = await resident(data, backend);
    try {
      const best = async (nComponents: number, from: FittedGaussianMixture | undefined): Promise<FittedGaussianMixture> =>
        (
          await fitBest(
            own,
            { nComponents, covarianceType },
            held.X,
            from !== undefined && isDegenerate(from) ? undefined : from,
            fitContext,
          )
        ).model;
      let before = await best(k, undefined);
      let after = await best(k + 1, before);
      // A null hypothesis that is stuck in a poor optimum makes a huge ratio out of nothing, so it gets a start from the alternative, too.
      if (k > 1) {
        const back = await estimatorOf(own, { nComponents: k, covarianceType }, gaussianMixturePlugin.mixture.merge!(after)[0]).fit(
          held.X,
          fitContext,
        );
        if (isBetter(back, before)) {
          before = back;
          const again = await best(k + 1, before);
          if (isBetter(again, after)) after = again;
        }
      }
      return { before, after, statistic: 2 * (after.logLikelihood! - before.logLikelihood!) };
    } finally {
      await held.release();
    }
  };

  const tests: LikelihoodRatioTest[] = [];
  for (const k of counts) {
    const observed = await ratio(X, k, 0, recipe, rows.sampleWeight === undefined ? {} : { sampleWeight: rows.sampleWeight });
    const simulated: number[] = [];
    let exceedances = 0;
    let stopped = false;
    while (simulated.length < nBootstrap && !stopped) {
      const draw = simulated.length;
      const { X: sample } = observed.before.sample(size, { randomState: createRandom(seed, DATA_STREAM, k, draw).integer(SEED_LIMIT) });
      const own = { ...recipe, shared: { ...recipe.shared, randomState: createRandom(seed, FIT_STREAM, k, draw).integer(SEED_LIMIT) } };
      const { statistic } = await ratio(sample, k, draw, own, {});
      simulated.push(statistic);
      if (statistic >= observed.statistic) exceedances++;
      stopped = stopAfter > 0 && exceedances === stopAfter;
      if (pace.due()) await pace.turn();
    }
    const found = monteCarloPValue(exceedances, simulated.length, stopped);
    tests.push(
      Object.freeze({
        nComponents: k,
        statistic: observed.statistic,
        ...found,
        simulated: Float64Array.from(simulated),
        exceedances,
        stopped,
        rejected: found.pValue <= level,
        degenerate: isDegenerate(observed.before) || isDegenerate(observed.after),
        null: observed.before,
        alternative: observed.after,
      }),
    );
    if (!tests.at(-1)!.rejected) break;
  }
  const last = tests.at(-1)!;
  return Object.freeze({
    tests: Object.freeze(tests),
    nComponents: last.rejected ? last.nComponents + 1 : last.nComponents,
    level,
    seed,
    elapsedMilliseconds: performance.now() - started,
  });
}

function risingByOne(counts: readonly number[]): readonly number[] {
  if (counts.every((value, index) => index === 0 || value === counts[index - 1]! + 1)) return counts;
  throw new MixturaError(
    "invalid-option",
    `${CALLER}: "nComponents" must increase by one, such as [1, 2, 3], found ${show(counts)}: each number is tested against the next one.`,
    { option: "nComponents", found: counts },
  );
}

/** Every test needs a row for each component of its alternative. */
function checkEnough(rows: number, counts: readonly number[]): void {
  const needed = counts[0]! + 1;
  if (rows >= needed) return;
  throw new MixturaError(
    "too-few-rows",
    `${CALLER}: ${rows} rows are too few for ${needed} components. Use fewer components or more rows.`,
    {
      rows,
      needed,
    },
  );
}
