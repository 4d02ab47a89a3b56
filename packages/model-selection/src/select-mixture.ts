import type { Data, FitContext, Mixture } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import { checkFitContext, checkOptions, createPace, drawSeed } from "@mixtura/core/authoring";
import { checkSameMeasure } from "@mixtura/core/internal";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import { judgedFeatures, takeBackend } from "@mixtura/mixture/internal";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { foldScores } from "./cross-validate.ts";
import { noSoundCandidate } from "./failure.ts";
import { estimatorOf } from "./fit-candidate.ts";
import { assignFolds } from "./folds.ts";
import type { Job } from "./jobs.ts";
import { furtherCounts, isSame, jobsOf } from "./jobs.ts";
import { openCounts } from "./open-counts.ts";
import { openData } from "./open-data.ts";
import type { Criterion, SelectionRule, SelectMixtureOptions } from "./options.ts";
import { checkEstimators, selectMixtureOptions } from "./options.ts";
import { abortedWith, partialOf } from "./partial-selection.ts";
import type { Tails } from "./run-chains.ts";
import { runBack, runChains } from "./run-chains.ts";
import { fitJob, fitJobBack, takeOver } from "./run-job.ts";
import type { MixtureSelection, PartialSelection, SelectionContext } from "./selection.ts";
import { candidatesFromJSON, seedOf } from "./selection-json.ts";
import { winnerOf } from "./winner.ts";

const CALLER = "selectMixture";

/**
 * Chooses the number of components of a mixture, and the form of its covariances: of Gaussian mixtures, or of any whose plugin is given.
 *
 * Every candidate has the same seed and `nInit` starts of its own. Along each chain of one covariance type, from few components to many, the
 * best sound solution so far, with one of its widest components split, is three starts more; then, from many components to few, the solution with one
 * component more, with two of them merged. So a row depends on the numbers of components that are tried with it, but never on the order in which they
 * are listed, on `concurrency` or on scheduling; `splitStart: false` makes rows independent. A candidate that cannot be fitted (fewer rows than components, say) is a row with its error; a degenerate one is listed but
 * never wins, since its likelihood can be made as high as one likes.
 *
 * An abort rejects with `aborted`, as everywhere; what is done by then stands in `error.detail.done`, which `partialSelection` reads.
 * Given back as `resume`, it leads to the same selection, bit for bit.
 *
 * @param X n×d rows, or a source of blocks, which is read anew in every pass. Rows in memory are uploaded once for all candidates where a
 *   `backend` is given, and rows that lie on a backend already stay there; otherwise every fit takes the backend that suits its work
 * @returns rejects with MixturaError `no-sound-candidate` (all candidates in its detail) when there is none to choose; `invalid-option`,
 *   `unknown-option`, `not-supported` (a criterion that an estimator cannot give, "cv" of blocks, densities of several measures), `invalid-shape`, `not-finite`,
 *   `invalid-weight`, `aborted`; all but the first before any work
 * @remarks The cost is that of its fits: each takes O(n·k·d²) per iteration and start for full covariances. "cv" takes `folds` fits more per
 *   candidate. With `concurrency` above 1 candidates of several types take turns: nothing is gained where a fit keeps all cores busy by
 *   itself (large data on the WASM backend) or where all fits share one thread (plain TypeScript).
 * @see Fraley & Raftery, Model-based clustering, discriminant analysis, and density estimation (2002), §3
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 9, 9.1, 9.3, 9.4, 9.5].map((x) => [
 *   x,
 * ]);
 * const { best, candidates } = await selectMixture(X, {
 *   nComponents: [1, 2, 3],
 *   covarianceType: "full",
 *   randomState: 1,
 * });
 * best.nComponents // => 2
 * candidates.length // => 3
 * await selectMixture(X, { nComponents: [] }) // throws invalid-option
 * ```
 */
export async function selectMixture<Fitted extends Mixture = FittedGaussianMixture>(
  X: Data,
  options: SelectMixtureOptions<Fitted> & BackendChoice = {},
  given?: SelectionContext<Fitted>,
): Promise<MixtureSelection<Fitted>> {
  const started = performance.now();
  const context: SelectionContext<Fitted> = checkFitContext(given, CALLER);
  const { backend, options: rest } = takeBackend(CALLER, options);
  const checked = checkOptions(CALLER, selectMixtureOptions, rest);
  const { nComponents, covarianceType, estimator, criterion, rule, folds, splitStart, concurrency, randomState, ...shared } = checked;
  checkRule(rule, criterion);
  const plugins = checkEstimators(estimator, criterion, Object.keys(rest), CALLER);
  const seed = randomState ?? (context.resume === undefined ? drawSeed() : seedOf(context.resume));
  const recipe = {
    shared: { ...shared, randomState: seed },
    given: new Set([...Object.keys(rest), "nInit"]), // whose default is the selection's own
    ...(backend === undefined ? {} : { backend }),
  };
  const jobs = jobsOf(nComponents, covarianceType, plugins, recipe);
  const { onProgress, onCandidate, resume, ...fitContext } = context;
  createPace(fitContext.signal).check();

  const data = await openData(X, backend, fitContext, criterion, CALLER);
  try {
    const circumstances = {
      seed,
      data: data.fingerprint,
      shared: JSON.parse(JSON.stringify(shared)) as Record<string, unknown>,
      splitStart,
    };
    const known = resume === undefined ? [] : candidatesFromJSON(resume, circumstances, plugins, CALLER);
    const fold = data.host === undefined || criterion !== "cv" ? undefined : assignFolds(data.host, folds, seed, CALLER);
    let first: Mixture | undefined;
    /** Every criterion compares densities, so all models must be densities of one measure. */
    const comparable = (row: Candidate<Mixture>): Candidate<Mixture> => {
      if (row.model !== undefined) checkSameMeasure([(first ??= row.model), row.model], CALLER);
      return row;
    };
    const rows = new Map<Job, Candidate<Mixture>>();
    const state = (): PartialSelection<Mixture> => partialOf(jobs, rows, circumstances);
    /** What a job is fitted with: its context with reports, and how its models are judged on rows left out. */
    const around = (job: Job, signal: AbortSignal | undefined, way: { readonly back?: true } = {}) => {
      const context = { ...fitContext, ...(signal === undefined ? {} : { signal }) };
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
                  ...way,
                  ...more,
                  fit,
                }),
            };
      const held = async (model: Mixture): Promise<CrossValidation | undefined> =>
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
              judgedFeatures(model),
            );
      return { context: { ...context, ...report({}) }, held };
    };
    const run = async (
      job: Job,
      before: FittedCandidate<Mixture> | undefined,
      signal: AbortSignal | undefined,
    ): Promise<Candidate<Mixture>> => {
      const { context, held } = around(job, signal);
      const earlier = known.find((candidate) => isSame(candidate, job, before));
      if (earlier !== undefined) return comparable(await takeOver(earlier, backend, fold === undefined ? undefined : folds, seed, held));
      return comparable(await fitJob(job, before, splitStart, data, context, held));
    };
    const aborted = (error: unknown): unknown =>
      isMixturaError(error, "aborted") && fitContext.signal?.aborted === true ? abortedWith(error, state()) : error;
    const tails: Tails = new Map();
    const chosen = async (more: readonly Job[]): Promise<FittedCandidate<Mixture>> => {
      await runChains(
        more,
        concurrency,
        fitContext.signal,
        splitStart,
        rows,
        run,
        // The plugins say what their models are.
        (job) => onCandidate?.(rows.get(job) as Candidate<Fitted>, state() as PartialSelection<Fitted>),
        tails,
      ).catch((error: unknown) => {
        throw aborted(error);
      });
      const { candidates } = state();
      const best = winnerOf(candidates, criterion, rule);
      if (best === undefined) throw noSoundCandidate(candidates);
      const further =
        nComponents === undefined
          ? furtherCounts(
              jobs.map(({ choice }) => choice.nComponents),
              best.nComponents,
            )
          : [];
      if (further.length === 0) return best;
      const added = jobsOf(further, covarianceType, plugins, recipe, jobs.length);
      for (const job of added) jobs.push(job);
      return chosen(added);
    };
    await chosen(jobs);
    if (splitStart)
      await runBack(jobs, rows, async (job, row, above) => {
        const { context, held } = around(job, fitContext.signal, { back: true });
        return fitJobBack(job, row, above, data, context, held);
      }).catch((error: unknown) => {
        throw aborted(error);
      });
    const done = state();
    const { candidates } = done;
    const winner = winnerOf(candidates, criterion, rule)!;
    const selection: MixtureSelection<Mixture> = Object.freeze({
      best: winner.model,
      winner,
      openComponents: Object.freeze(openCounts(candidates, winner, criterion, rule)),
      candidates,
      criterion,
      rule,
      seed,
      elapsedMilliseconds: performance.now() - started,
      toJSON: () => done.toJSON(),
    });
    return selection as MixtureSelection<Fitted>;
  } finally {
    await data.release();
  }
}

function checkRule(rule: SelectionRule, criterion: Criterion): void {
  if (rule === "lowest" || criterion === "cv") return;
  throw new MixturaError(
    "invalid-option",
    `${CALLER}: "rule" is "${rule}", but the criterion "${criterion}" has no standard error. Use criterion "cv", or the rule "lowest".`,
    { option: "rule", found: rule },
  );
}
