import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import type { BlockSource, FitContext, FitProgress, MatrixLike } from "@mixtura/core";
import { checkOptions, checkSampleWeight, createPace, drawSeed, isBlockSource, isUploadedMatrix, toMatrix } from "@mixtura/core";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import { GaussianMixture, takeBackend } from "@mixtura/mixture";
import type { Candidate, CandidateChoice } from "./candidate.ts";
import { failedCandidate, fittedCandidate } from "./candidate.ts";
import { concernsOneCandidate, noSoundCandidate } from "./failure.ts";
import type { CheckedSelectMixtureOptions, Criterion, SelectMixtureOptions } from "./options.ts";
import { selectMixtureOptions } from "./options.ts";
import { winnerOf } from "./winner.ts";

/** A sign of life from a selection: which candidate is being fitted, and how far that fit is. */
export interface SelectionProgress extends CandidateChoice {
  /** Index of the candidate, from 0. */
  readonly candidate: number;
  readonly candidates: number;
  readonly fit: FitProgress;
}

/** What a selection can be told besides its data. */
export interface SelectionContext extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the selection. */
  readonly onProgress?: (event: SelectionProgress) => void;
}

/** The outcome of a selection. */
export interface MixtureSelection {
  /** The fitted model of the lowest criterion; never a degenerate one. */
  readonly best: FittedGaussianMixture;
  /** Every candidate in the order asked for: numbers of components, and for each of them the covariance types. */
  readonly candidates: readonly Candidate[];
  readonly criterion: Criterion;
  /** The seed in force for every candidate: `randomState`, or the one drawn in its absence. */
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}

/**
 * Chooses the number of components and the form of the covariances of a Gaussian mixture by an information criterion.
 *
 * Each candidate is fitted on its own with the same seed, so its row does not depend on which others are tried, nor on their order.
 * A candidate that cannot be fitted (fewer rows than components, say) is a row with its error; a degenerate one is listed but never wins,
 * since its likelihood can be made as high as one likes.
 *
 * @param X n×d rows, or a source of blocks, which is read anew in every pass. Rows in memory are uploaded once for all candidates
 * @returns rejects with MixturaError `no-sound-candidate` (all candidates in its detail) when there is none to choose; `invalid-option`,
 *   `unknown-option`, `invalid-shape`, `not-finite`, `invalid-weight`, `aborted`
 * @remarks The cost is that of its fits: each takes O(n·k·d²) per iteration and start for full covariances.
 * @see Fraley & Raftery, Model-based clustering, discriminant analysis, and density estimation (2002), §3
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 9, 9.1, 9.3, 9.4, 9.5].map((x) => [x]);
 * const { best, candidates } = await selectMixture(X, { nComponents: [1, 2, 3], covarianceType: "full", randomState: 1 });
 * best.nComponents // => 2
 * candidates.length // => 3
 * ```
 */
export async function selectMixture(
  X: MatrixLike | BlockSource,
  options: SelectMixtureOptions & BackendChoice = {},
  context: SelectionContext = {},
): Promise<MixtureSelection> {
  const started = performance.now();
  const { backend = referenceBackend, options: rest } = takeBackend("selectMixture", options);
  const { nComponents, covarianceType, criterion, randomState, ...shared } = checkOptions(
    "selectMixture",
    selectMixtureOptions,
    rest,
  ) as unknown as CheckedSelectMixtureOptions;
  const seed = randomState ?? drawSeed();
  const choices = choicesOf(nComponents, covarianceType);
  createPace(context.signal).check();

  const data = await openData(X, backend, context);
  try {
    const candidates: Candidate[] = [];
    for (const choice of choices) {
      const estimator = new GaussianMixture({ ...shared, ...choice, randomState: seed, backend });
      candidates.push(await fitCandidate(estimator, choice, data.X, progressOf(context, choice, candidates.length, choices.length)));
    }
    const winner = winnerOf(candidates, criterion);
    if (winner === undefined) throw noSoundCandidate(candidates);
    return Object.freeze({
      best: winner.model,
      candidates: Object.freeze(candidates),
      criterion,
      seed,
      elapsedMilliseconds: performance.now() - started,
    });
  } finally {
    await data.release();
  }
}

async function fitCandidate(
  estimator: GaussianMixture,
  choice: CandidateChoice,
  X: MatrixLike | BlockSource,
  context: FitContext,
): Promise<Candidate> {
  try {
    return fittedCandidate(await estimator.fit(X, context));
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(choice, error);
    throw error;
  }
}

/** Every combination once. */
function choicesOf(
  nComponents: CheckedSelectMixtureOptions["nComponents"],
  covarianceType: CheckedSelectMixtureOptions["covarianceType"],
): CandidateChoice[] {
  const counts = new Set([nComponents].flat());
  const types = new Set([covarianceType].flat());
  return [...counts].flatMap((count) => [...types].map((type) => ({ nComponents: count, covarianceType: type })));
}

/** A fit's context, whose progress names the candidate. */
function progressOf(context: SelectionContext, choice: CandidateChoice, candidate: number, candidates: number): FitContext {
  const { onProgress, ...rest } = context;
  return onProgress === undefined ? rest : { ...rest, onProgress: (fit) => onProgress({ ...choice, candidate, candidates, fit }) };
}

/** Checks data that is in memory and uploads it once; what already lies on the backend, and what comes in blocks, is used as it is. */
async function openData(
  X: MatrixLike | BlockSource,
  backend: Backend,
  { sampleWeight }: SelectionContext,
): Promise<{ X: MatrixLike | BlockSource; release(): Promise<void> }> {
  const nothing = async (): Promise<void> => undefined;
  if (isBlockSource(X)) return { X, release: nothing };
  const rows = toMatrix(X, { caller: "selectMixture" });
  checkSampleWeight(sampleWeight, rows.rows, "selectMixture");
  if (isUploadedMatrix(X) && "backend" in X && X.backend === backend) return { X, release: nothing };
  const uploaded = await backend.matrix(rows);
  return { X: uploaded, release: () => Promise.resolve(uploaded[Symbol.asyncDispose]()) };
}
