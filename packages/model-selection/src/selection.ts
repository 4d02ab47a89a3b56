import type { FitContext, FitProgress, Mixture } from "@mixtura/core";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import type { Candidate, CandidateChoice, FittedCandidate } from "./candidate.ts";
import type { Criterion, SelectionRule } from "./options.ts";
import type { SelectionJSON } from "./selection-json.ts";

/** A sign of life from a selection: which candidate is being fitted, and how far that fit is. */
export interface SelectionProgress extends CandidateChoice {
  /** Type of the plugin that fits. */
  readonly estimator: string;
  /** Index of the candidate, from 0. */
  readonly candidate: number;
  readonly candidates: number;
  /** Index of the fold that is held out, from 0; absent while all rows are fitted. */
  readonly fold?: number;
  /** Whether the candidate is tried again, from the solution with one component more; absent before. */
  readonly back?: true;
  readonly fit: FitProgress;
}

/** What a selection has come to by some time: enough to go on from there. */
export interface PartialSelection<Fitted extends Mixture = FittedGaussianMixture> {
  /** The candidates that are done, in the order asked for. */
  readonly candidates: readonly Candidate<Fitted>[];
  readonly seed: number;
  /** Plain JSON data for `resume`. */
  toJSON(): SelectionJSON;
}

/** Options of a selection, besides its data. */
export interface SelectionContext<Fitted extends Mixture = FittedGaussianMixture> extends Omit<FitContext, "onProgress"> {
  /** Called as the work goes on, on the caller's thread. What it throws ends the selection. */
  readonly onProgress?: (event: SelectionProgress) => void;
  /** Called with every candidate that is done, and with all that is done by then. What it throws ends the selection. */
  readonly onCandidate?: (candidate: Candidate<Fitted>, done: PartialSelection<Fitted>) => void;
  /** Earlier work on the same rows with the same options: a selection, its JSON or its JSON text. Its candidates are taken over. */
  readonly resume?: unknown;
}

/** The outcome of a selection. */
export interface MixtureSelection<Fitted extends Mixture = FittedGaussianMixture> extends PartialSelection<Fitted> {
  /** The fitted model of the winner; never a degenerate one. */
  readonly best: Fitted;
  /** The winner's row. */
  readonly winner: FittedCandidate<Fitted>;
  /**
   * The numbers of components that the rows leave open, in ascending order, the winner's among them: those of candidates within 6 of the best
   * criterion (with "cv", within one standard error), and those that would have won had the winner's best start been missed.
   */
  readonly openComponents: readonly number[];
  /** Every candidate in the order asked for: numbers of components, for each of them the covariance types, for each of those the plugins. */
  readonly candidates: readonly Candidate<Fitted>[];
  readonly criterion: Criterion;
  readonly rule: SelectionRule;
  /** The seed in force for every candidate: `randomState`, or the one drawn in its absence. */
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}
