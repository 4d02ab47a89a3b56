import type { DeclarationsOf, Diagnostic, FitContext, FitProgress, MatrixLike, Mixture, MixturePlugin } from "@mixtura/core";
import { checkFitContext, checkOptions, createPace, createRandom, drawSeed } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import { adjustedRandScore } from "@mixtura/metrics";
import type { BackendChoice, CovarianceType } from "@mixtura/mixture";
import { gaussianMixtureOptions, takeBackend } from "@mixtura/mixture/internal";
import { isDegenerate } from "./candidate.ts";
import { rowsInMemory } from "./cross-validate.ts";
import { concernsOneCandidate } from "./failure.ts";
import type { FitRecipe } from "./fit-candidate.ts";
import { estimatorOf } from "./fit-candidate.ts";
import { addJaccard } from "./jaccard.ts";
import type { SharedOptions } from "./options.ts";
import { checkEstimators, sharedOptions } from "./options.ts";
import { bootstrapWeights, drawnRows, subsampleWeights } from "./resample.ts";
import { resident } from "./resident.ts";

/** The options of {@link stability}. */
export interface StabilityOptions extends SharedOptions {
  /** Numbers of components to look at. Default 2 to 6. */
  nComponents?: number | readonly number[];
  /** Form of the covariances, of estimators that have several. Default "full". */
  covarianceType?: CovarianceType;
  /** A plugin with the capability "mixture", whose fits take weights. Default GaussianMixture. */
  estimator?: MixturePlugin;
  /** How other samples are made: rows drawn with replacement, or a part of the rows without. Default "bootstrap". */
  resampling?: "bootstrap" | "subsample";
  /** The part of the rows in a subsample. Default 0.8. */
  fraction?: number;
  /** Samples per number of components. Default 20. */
  nResamples?: number;
}

const count = gaussianMixtureOptions.nComponents.range;

/** The options of {@link stability}, declared once. */
export const stabilityOptions = {
  nComponents: {
    range: { kind: "either", alternatives: [count, { kind: "list", items: count, minimumItems: 1 }] },
    default: Object.freeze([2, 3, 4, 5, 6]),
    description: "Numbers of components to look at.",
  },
  covarianceType: gaussianMixtureOptions.covarianceType,
  estimator: {
    range: { kind: "other", words: 'a plugin with the capability "mixture"' },
    description: "The plugin that fits; GaussianMixture where none is given.",
    flag: false,
  },
  resampling: {
    range: { kind: "choice", choices: ["bootstrap", "subsample"] },
    default: "bootstrap",
    description: "How other samples are made: rows drawn with replacement, or a part of the rows without.",
  },
  fraction: {
    range: { kind: "number", minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true },
    default: 0.8,
    description: "The part of the rows in a subsample.",
  },
  nResamples: { range: { kind: "integer", minimum: 2 }, default: 20, description: "Samples per number of components." },
  ...sharedOptions,
} satisfies DeclarationsOf<StabilityOptions>;

/** How far a number of components gives the same groups again. */
export interface StabilityRow {
  readonly nComponents: number;
  readonly covarianceType?: CovarianceType;
  /** The covariance type, or the estimator's type where it has only one form. */
  readonly form: string;
  /** Mean adjusted Rand index between the groups of all rows and those of each sample: 1 where they never change, 0 where they are as by chance. */
  readonly mean: number;
  /** Standard deviation of the scores. */
  readonly standardDeviation: number;
  readonly scores: Float64Array;
  /** For each component of the fit of all rows, the mean Jaccard index with the group that covers it best; below 0.6 it dissolves. */
  readonly components: Float64Array;
  /** Samples that could not be fitted, and why the first one could not. */
  readonly failed: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the fit of all rows is degenerate. */
  readonly degenerate: boolean;
}

/** The outcome of {@link stability}. */
export interface Stability {
  readonly rows: readonly StabilityRow[];
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}

/** A sign of life from a look at stability. */
interface StabilityProgress {
  readonly nComponents: number;
  /** Samples done; 0 while all rows are fitted. */
  readonly resamples: number;
  readonly nResamples: number;
  readonly fit: FitProgress;
}

/** Options of a stability estimate, besides its data. */
export interface StabilityContext extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the work. */
  readonly onProgress?: (event: StabilityProgress) => void;
}

const CALLER = "stability";

/** Sets the random stream of samples apart from all others. */
const SAMPLE_STREAM = 0x57ab;

/**
 * Whether other samples of the same rows would have led to the same groups.
 *
 * For every number of components the rows are fitted, then each of many samples of them; every fit labels all rows, and the adjusted Rand index
 * says how far its labels agree with those of all rows. The samples are the same for every number of components; with weights,
 * rows are drawn by them, and each counts once in the index. Stable groups need not be
 * the right ones: two may be stable where there are four in two pairs.
 *
 * @param X n×d rows in memory; a sample is a set of weights on them, so they are never copied
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `too-few-rows`, `not-supported` (rows that come in blocks),
 *   `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
 * @remarks nResamples + 1 fits of `nInit` starts per number of components; O(n) memory.
 * @see Hennig, Cluster-wise assessment of cluster stability, Comput. Stat. Data Anal. 52 (2007); von Luxburg, Clustering stability: an overview (2010)
 * @example
 * ```ts run
 * const { X } = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-4], [4]],
 *   covariances: [[[1]], [[1]]],
 * }).sample(100, { randomState: 1 });
 * const { rows } = await stability(X, {
 *   nComponents: [2, 4],
 *   covarianceType: "tied",
 *   nResamples: 5,
 *   randomState: 1,
 * });
 * rows[0]!.mean // => 1
 * rows[1]!.mean < 0.9 // => true
 * ```
 */
export async function stability(
  X: MatrixLike,
  options: StabilityOptions & BackendChoice = {},
  context?: StabilityContext,
): Promise<Stability> {
  const started = performance.now();
  const { backend, options: rest } = takeBackend(CALLER, options);
  const checked = checkOptions(CALLER, stabilityOptions, rest);
  const { nComponents, covarianceType, estimator, resampling, fraction, nResamples, randomState, ...shared } = checked;
  const names = Object.keys(rest);
  const [plugin] = checkEstimators(estimator === undefined ? undefined : [estimator], "cv", names, CALLER) as [MixturePlugin];
  const form = plugin.options["covarianceType"] === undefined ? {} : { covarianceType };
  const seed = randomState ?? drawSeed();
  const counts = [...new Set([nComponents].flat())];
  const { onProgress, signal, sampleWeight } = checkFitContext(context, CALLER);
  const pace = createPace(signal);
  pace.check();
  const data = rowsInMemory(X, sampleWeight, CALLER);
  if (resampling === "bootstrap") drawnRows(data, 1, CALLER);
  const held = await resident(X, backend);
  try {
    const rows: StabilityRow[] = [];
    for (const k of counts) {
      const fit = async (resamples: number, own: number, sampleWeight: Float64Array | undefined) => {
        const recipe: FitRecipe<Mixture> = {
          plugin,
          shared: { ...shared, randomState: own },
          given: new Set(names),
          ...(backend === undefined ? {} : { backend }),
        };
        const context = { ...(signal === undefined ? {} : { signal }), ...(sampleWeight === undefined ? {} : { sampleWeight }) };
        const report = onProgress && {
          onProgress: (event: FitProgress) => onProgress({ nComponents: k, resamples, nResamples, fit: event }),
        };
        const model = await estimatorOf(recipe, { nComponents: k, ...form }).fit(held.X, { ...context, ...report });
        return { model, labels: await model.predict(held.X, signal === undefined ? {} : { signal }) };
      };
      const reference = await fit(0, seed, data.sampleWeight);
      const scores: number[] = [];
      const components = new Float64Array(k);
      const failures: string[] = [];
      for (let resample = 0; resample < nResamples; resample++) {
        const random = createRandom(seed, SAMPLE_STREAM, resample);
        const weights =
          resampling === "bootstrap" ? await bootstrapWeights(data, random, pace, CALLER) : subsampleWeights(data, fraction, random);
        try {
          const { labels } = await fit(resample, createRandom(seed, SAMPLE_STREAM, resample, 1).integer(SEED_LIMIT), weights);
          scores.push(adjustedRandScore(reference.labels, labels));
          addJaccard(reference.labels, labels, k, components);
        } catch (error) {
          if (!concernsOneCandidate(error)) throw error;
          failures.push(error.message);
        }
        if (pace.due()) await pace.turn();
      }
      rows.push(
        rowOf(
          { nComponents: k, ...form, form: form.covarianceType ?? plugin.type },
          scores,
          components,
          failures,
          isDegenerate(reference.model),
        ),
      );
    }
    return Object.freeze({ rows: Object.freeze(rows), seed, elapsedMilliseconds: performance.now() - started });
  } finally {
    await held.release();
  }
}

function rowOf(
  choice: Pick<StabilityRow, "nComponents" | "covarianceType" | "form">,
  scores: readonly number[],
  sums: Float64Array,
  failures: readonly string[],
  degenerate: boolean,
): StabilityRow {
  const n = scores.length;
  const mean = n === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / n;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const diagnostics: Diagnostic[] =
    failures.length === 0
      ? []
      : [
          {
            code: "resamples-failed",
            severity: "warning",
            message: `${failures.length} of ${failures.length + n} samples could not be fitted, the first one so: ${failures[0]!}`,
            detail: { samples: failures.length },
          },
        ];
  return Object.freeze({
    ...choice,
    mean,
    standardDeviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    scores: Float64Array.from(scores),
    components: n === 0 ? sums : sums.map((sum) => sum / n),
    failed: failures.length,
    diagnostics: Object.freeze(diagnostics),
    degenerate,
  });
}
