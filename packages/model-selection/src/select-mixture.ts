import type { Backend } from "@mixtura/backend";
import type { BlockSource, FitContext, FitProgress, MatrixLike } from "@mixtura/core";
import {
  checkOptions,
  checkSampleWeight,
  createPace,
  drawSeed,
  isBlockSource,
  isMixturaError,
  isUploadedMatrix,
  MixturaError,
  toMatrix,
} from "@mixtura/core";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import { takeBackend } from "@mixtura/mixture";
import type { Candidate, CandidateChoice, FittedCandidate } from "./candidate.ts";
import { failedCandidate, fittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { foldScores, totalWeight } from "./cross-validate.ts";
import { concernsOneCandidate, noSoundCandidate } from "./failure.ts";
import type { FitRecipe } from "./fit-candidate.ts";
import { estimatorOf, fitBest } from "./fit-candidate.ts";
import type { WeightedRows } from "./folds.ts";
import { assignFolds } from "./folds.ts";
import type { CheckedSelectMixtureOptions, Criterion, MixturePlugin, SelectionRule, SelectMixtureOptions } from "./options.ts";
import { checkEstimators, selectMixtureOptions } from "./options.ts";
import type { Circumstances, SelectionJSON } from "./selection-json.ts";
import { candidatesFromJSON, fingerprint, seedOf, selectionToJSON, weightOf } from "./selection-json.ts";
import { winnerOf } from "./winner.ts";

/** A sign of life from a selection: which candidate is being fitted, and how far that fit is. */
export interface SelectionProgress extends CandidateChoice {
  /** Type of the plugin that fits. */
  readonly estimator: string;
  /** Index of the candidate, from 0. */
  readonly candidate: number;
  readonly candidates: number;
  /** Index of the fold that is held out, from 0; absent while all rows are fitted. */
  readonly fold?: number;
  readonly fit: FitProgress;
}

/** What a selection has come to by some time: enough to go on from there. */
export interface PartialSelection {
  /** The candidates that are done, in the order asked for. */
  readonly candidates: readonly Candidate[];
  readonly seed: number;
  /** Plain JSON data for `resume`. */
  toJSON(): SelectionJSON;
}

/** What a selection can be told besides its data. */
export interface SelectionContext extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the selection. */
  readonly onProgress?: (event: SelectionProgress) => void;
  /** Called with every candidate that is done, and with all that is done by then. What it throws ends the selection. */
  readonly onCandidate?: (candidate: Candidate, done: PartialSelection) => void;
  /** Earlier work on the same rows with the same options: a selection, its JSON or its JSON text. Its candidates are taken over. */
  readonly resume?: unknown;
}

/** The outcome of a selection. */
export interface MixtureSelection extends PartialSelection {
  /** The fitted model of the winner; never a degenerate one. */
  readonly best: FittedGaussianMixture;
  /** The winner's row. */
  readonly winner: FittedCandidate;
  /** Every candidate in the order asked for: numbers of components, for each of them the covariance types, for each of those the plugins. */
  readonly candidates: readonly Candidate[];
  readonly criterion: Criterion;
  readonly rule: SelectionRule;
  /** The seed in force for every candidate: `randomState`, or the one drawn in its absence. */
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}

const CALLER = "selectMixture";

/**
 * Chooses the number of components and the form of the covariances of a Gaussian mixture.
 *
 * Every candidate has the same seed and `nInit` starts of its own. Along each chain of one covariance type, from few components to many, the
 * best sound solution so far, with its widest component split, is one start more. So a row depends on the smaller numbers of components that
 * are tried with it, but never on the order in which they are listed, on `concurrency` or on scheduling; `splitStart: false` makes
 * rows independent. A candidate that cannot be fitted (fewer rows than components, say) is a row with its error; a degenerate one is listed but
 * never wins, since its likelihood can be made as high as one likes.
 *
 * An abort rejects with `aborted`, as everywhere; what is done by then stands in `error.detail.done`, which {@link partialSelection} reads.
 * Given back as `resume`, it leads to the same selection, bit for bit.
 *
 * @param X n×d rows, or a source of blocks, which is read anew in every pass. Rows in memory are uploaded once for all candidates where a
 *   `backend` is given, and rows that lie on a backend already stay there; otherwise every fit takes the backend that suits its work
 * @returns rejects with MixturaError `no-sound-candidate` (all candidates in its detail) when there is none to choose; `invalid-option`,
 *   `unknown-option`, `not-supported` (a criterion that an estimator cannot give, "cv" of blocks), `invalid-shape`, `not-finite`,
 *   `invalid-weight`, `aborted`; all but the first before any work
 * @remarks The cost is that of its fits: each takes O(n·k·d²) per iteration and start for full covariances. "cv" takes `folds` fits more per
 *   candidate. With `concurrency` above 1 candidates of several types take turns: nothing is gained where a fit keeps all cores busy by
 *   itself (large data on the WASM backend) or where all fits share one thread (plain TypeScript).
 * @see Fraley & Raftery, Model-based clustering, discriminant analysis, and density estimation (2002), §3
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 9, 9.1, 9.3, 9.4, 9.5].map((x) => [x]);
 * const { best, candidates } = await selectMixture(X, { nComponents: [1, 2, 3], covarianceType: "full", randomState: 1 });
 * best.nComponents // => 2
 * candidates.length // => 3
 * await selectMixture(X, { nComponents: [] }) // throws invalid-option
 * ```
 */
export async function selectMixture(
  X: MatrixLike | BlockSource,
  options: SelectMixtureOptions & BackendChoice = {},
  context: SelectionContext = {},
): Promise<MixtureSelection> {
  const started = performance.now();
  const { backend, options: rest } = takeBackend(CALLER, options);
  const checked = checkOptions(CALLER, selectMixtureOptions, rest) as unknown as CheckedSelectMixtureOptions;
  const { nComponents, covarianceType, estimator, criterion, rule, folds, splitStart, concurrency, randomState, ...shared } = checked;
  checkRule(rule, criterion);
  const plugins = checkEstimators(estimator, criterion, CALLER);
  const seed = randomState ?? (context.resume === undefined ? drawSeed() : seedOf(context.resume));
  const jobs = jobsOf(nComponents, covarianceType, plugins, {
    shared: { ...shared, randomState: seed },
    ...(backend === undefined ? {} : { backend }),
  });
  const { onProgress, onCandidate, resume, ...fitContext } = context;
  createPace(fitContext.signal).check();

  const data = await openData(X, backend, context, criterion);
  try {
    const circumstances = {
      seed,
      data: data.fingerprint,
      shared: JSON.parse(JSON.stringify(shared)) as Record<string, unknown>,
      splitStart,
    };
    const known = resume === undefined ? [] : candidatesFromJSON(resume, circumstances, plugins, data.weight, CALLER);
    const fold = data.host === undefined || criterion !== "cv" ? undefined : assignFolds(data.host, folds, seed, CALLER);
    const rows = new Map<Job, Candidate>();
    const state = (): PartialSelection => partialOf(jobs, rows, circumstances);
    const run = async (job: Job, before: FittedCandidate | undefined, signal: AbortSignal | undefined): Promise<Candidate> => {
      const told = { ...fitContext, ...(signal === undefined ? {} : { signal }) };
      const report = (more: { readonly fold?: number }): Pick<FitContext, "onProgress"> =>
        onProgress === undefined
          ? {}
          : {
              onProgress: (fit) =>
                onProgress({
                  ...job.choice,
                  estimator: job.recipe.plugin.type,
                  candidate: job.index,
                  candidates: jobs.length,
                  ...more,
                  fit,
                }),
            };
      const held = async (): Promise<CrossValidation | undefined> =>
        fold === undefined
          ? undefined
          : foldScores(
              estimatorOf(job.recipe, job.choice),
              data.host!,
              fold,
              folds,
              seed,
              createPace(signal),
              onProgress && (({ fold: at, fit }) => report({ fold: at }).onProgress!(fit)),
            );
      const earlier = known.find((candidate) => isSame(candidate, job, before));
      if (earlier !== undefined) return takeOver(earlier, backend, fold === undefined ? undefined : folds, seed, held, data.weight);
      return fitJob(job, before, data, { ...told, ...report({}) }, held);
    };
    await runChains(jobs, concurrency, fitContext.signal, splitStart, rows, run, (job) => onCandidate?.(rows.get(job)!, state())).catch(
      (error: unknown) => {
        throw isMixturaError(error, "aborted") && fitContext.signal?.aborted === true ? abortedWith(error, state()) : error;
      },
    );
    const done = state();
    const { candidates } = done;
    const winner = winnerOf(candidates, criterion, rule);
    if (winner === undefined) throw noSoundCandidate(candidates);
    return Object.freeze({
      best: winner.model,
      winner,
      candidates,
      criterion,
      rule,
      seed,
      elapsedMilliseconds: performance.now() - started,
      toJSON: () => done.toJSON(),
    });
  } finally {
    await data.release();
  }
}

/**
 * What a selection had done when it was called off: the candidates so far, and JSON to go on with.
 *
 * @returns `undefined` for any other error
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 9, 9.1, 9.3, 9.4, 9.5].map((x) => [x]);
 * const controller = new AbortController();
 * const options = { nComponents: [1, 2, 3], covarianceType: "full", randomState: 1 } as const;
 * const done = await selectMixture(X, options, { signal: controller.signal, onCandidate: () => controller.abort() }).catch(partialSelection);
 * done?.candidates.length // => 1
 * const { best } = await selectMixture(X, options, { resume: JSON.stringify(done) });
 * best.nComponents // => 2
 * ```
 */
export function partialSelection(error: unknown): PartialSelection | undefined {
  if (!isMixturaError(error, "aborted")) return undefined;
  const { done } = error.detail;
  return typeof done === "object" && done !== null && "candidates" in done && "toJSON" in done ? (done as PartialSelection) : undefined;
}

/** A candidate to be fitted. */
interface Job {
  /** Its place in the order asked for. */
  readonly index: number;
  readonly choice: CandidateChoice;
  readonly recipe: FitRecipe;
  /** Jobs of one chain differ in nothing but the number of components. */
  readonly chain: string;
}

/** Every combination once; each estimator is made at once, so that bad options fail before any work. */
function jobsOf(
  nComponents: CheckedSelectMixtureOptions["nComponents"],
  covarianceType: CheckedSelectMixtureOptions["covarianceType"],
  plugins: readonly MixturePlugin[],
  recipe: Omit<FitRecipe, "plugin">,
): Job[] {
  const counts = [...new Set([nComponents].flat())];
  const types = [...new Set([covarianceType].flat())];
  const combinations = counts.flatMap((count) => types.flatMap((type) => plugins.map((plugin) => ({ count, type, plugin }))));
  return combinations.map(({ count, type, plugin }, index) => {
    const job = {
      index,
      choice: { nComponents: count, covarianceType: type },
      recipe: { ...recipe, plugin },
      chain: `${plugin.type} ${type}`,
    };
    estimatorOf(job.recipe, job.choice);
    return job;
  });
}

/**
 * Runs every job once, few components first. A job waits for the one before it in its chain, so what it is given never depends on how many run
 * at a time.
 */
async function runChains(
  jobs: readonly Job[],
  concurrency: number,
  outer: AbortSignal | undefined,
  splitStart: boolean,
  rows: Map<Job, Candidate>,
  run: (job: Job, before: FittedCandidate | undefined, signal: AbortSignal | undefined) => Promise<Candidate>,
  done: (job: Job) => void,
): Promise<void> {
  const order = jobs.toSorted((a, b) => a.choice.nComponents - b.choice.nComponents || a.index - b.index);
  const alone = concurrency === 1;
  const failure = new AbortController();
  const signal = alone ? outer : AbortSignal.any([failure.signal, ...(outer === undefined ? [] : [outer])]);
  /** The last sound row of each chain. */
  const tails = new Map<string, Promise<FittedCandidate | undefined>>();
  let next = 0;
  const step = async (job: Job, before: Promise<FittedCandidate | undefined> | undefined): Promise<FittedCandidate | undefined> => {
    const previous = await before;
    const row = await run(job, splitStart ? previous : undefined, signal);
    rows.set(job, row);
    done(job);
    return row.error === undefined && !row.degenerate ? row : previous;
  };
  const worker = async (): Promise<void> => {
    while (next < order.length) {
      createPace(signal).check();
      const job = order[next++]!;
      const tail = step(job, tails.get(job.chain));
      tails.set(job.chain, tail);
      await tail;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, order.length) }, async () => {
    try {
      await worker();
    } catch (error) {
      failure.abort(error); // the others need not go on
      throw error;
    }
  });
  const outcomes = await Promise.allSettled(workers);
  const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  if (errors.length > 0) throw errors.find((error) => !isMixturaError(error, "aborted")) ?? errors[0];
}

async function fitJob(
  { choice, recipe }: Job,
  before: FittedCandidate | undefined,
  data: OpenData,
  context: FitContext,
  held: () => Promise<CrossValidation | undefined>,
): Promise<Candidate> {
  const started = performance.now();
  const origin = () => ({ estimator: recipe.plugin.type, splitFrom: before?.nComponents, seconds: (performance.now() - started) / 1000 });
  try {
    const { model, start } = await fitBest(recipe, choice, data.X, before?.model, context);
    const crossValidation = await held();
    return fittedCandidate(model, origin(), data.weight ?? weightOf(model), start, crossValidation);
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(choice, origin(), error);
    throw error;
  }
}

/** Whether earlier work is what a job would do: the same choice, split from the same solution. */
function isSame(
  { estimator, nComponents, covarianceType, splitFrom }: FittedCandidate,
  { choice, recipe }: Job,
  before: FittedCandidate | undefined,
): boolean {
  return (
    estimator === recipe.plugin.type &&
    nComponents === choice.nComponents &&
    covarianceType === choice.covarianceType &&
    splitFrom === before?.nComponents
  );
}

/** Earlier work, with its cross-validation made up for where that is the criterion now. */
async function takeOver(
  earlier: FittedCandidate,
  backend: Backend | undefined,
  folds: number | undefined,
  seed: number,
  held: () => Promise<CrossValidation | undefined>,
  weight: number | undefined,
): Promise<Candidate> {
  const { crossValidation, start, splitFrom, ...row } = earlier;
  const model = backend === undefined ? row.model : row.model.withBackend(backend);
  const usable = folds === undefined || (crossValidation?.folds.length === folds && crossValidation.seed === seed);
  const origin = { estimator: row.estimator, splitFrom, seconds: row.seconds };
  try {
    return fittedCandidate(
      model,
      origin,
      weight ?? weightOf(model),
      start,
      folds === undefined ? undefined : usable ? crossValidation : await held(),
    );
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(row, origin, error);
    throw error;
  }
}

function partialOf(jobs: readonly Job[], rows: ReadonlyMap<Job, Candidate>, circumstances: Circumstances): PartialSelection {
  const candidates = Object.freeze(jobs.flatMap((job) => rows.get(job) ?? []));
  return Object.freeze({ candidates, seed: circumstances.seed, toJSON: () => selectionToJSON(circumstances, candidates) });
}

function abortedWith(error: MixturaError<"aborted">, done: PartialSelection): MixturaError<"aborted"> {
  return new MixturaError("aborted", error.message, { ...error.detail, done }, { cause: error.cause });
}

function checkRule(rule: SelectionRule, criterion: Criterion): void {
  if (rule === "lowest" || criterion === "cv") return;
  throw new MixturaError(
    "invalid-option",
    `${CALLER}: "rule" is "${rule}", but the criterion "${criterion}" has no standard error. Use criterion "cv", or the rule "lowest".`,
    { option: "rule", found: rule },
  );
}

interface OpenData {
  readonly X: MatrixLike | BlockSource;
  /** The rows, where they are in memory. */
  readonly host: WeightedRows | undefined;
  /** Σ w, where it is known beforehand. */
  readonly weight: number | undefined;
  readonly fingerprint: Circumstances["data"];
  release(): Promise<void>;
}

/**
 * Checks data that is in memory and, where a backend is given, uploads it once; what already lies on a backend, and what comes in blocks, is
 * used as it is.
 */
async function openData(
  X: MatrixLike | BlockSource,
  backend: Backend | undefined,
  { sampleWeight }: SelectionContext,
  criterion: Criterion,
): Promise<OpenData> {
  const release = async (): Promise<void> => undefined;
  if (isBlockSource(X)) {
    if (criterion === "cv") {
      throw new MixturaError(
        "not-supported",
        `${CALLER}: the criterion "cv" needs rows in memory; blocks cannot be dealt to folds. Use another criterion.`,
        {
          feature: "criterion cv of blocks",
        },
      );
    }
    const known = { columns: X.columns, ...(X.rows === undefined ? {} : { rows: X.rows }) };
    return { X, host: undefined, weight: undefined, fingerprint: known, release };
  }
  const rows = toMatrix(X, { caller: CALLER });
  const host = { X: rows, sampleWeight: checkSampleWeight(sampleWeight, rows.rows, CALLER) };
  const facts = { host, weight: totalWeight(host), fingerprint: fingerprint(rows, host.sampleWeight) };
  const resident = isUploadedMatrix(X) && (backend === undefined || ("backend" in X && X.backend === backend));
  if (resident || backend === undefined) return { X: resident ? X : rows, ...facts, release };
  const uploaded = await backend.matrix(rows);
  return { X: uploaded, ...facts, release: () => Promise.resolve(uploaded[Symbol.asyncDispose]()) };
}
