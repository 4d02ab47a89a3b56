import type { Mixture } from "@mixtura/core";
import type { Candidate, Criterion } from "@mixtura/model-selection";

/** What was fitted, and what it was chosen from: the outcome of `selectMixture`, or of a single fit. */
export interface Outcome {
  readonly model: Mixture;
  /** Empty where there was nothing to choose: one number of components, one form. */
  readonly candidates: readonly Candidate<Mixture>[];
  /** The numbers of groups that the rows leave open, where the model was chosen among several. */
  readonly openComponents?: readonly number[];
  readonly criterion: Criterion;
  readonly seed: number;
  /** Absent for a model that was read from a file, which tells no time. */
  readonly elapsedMilliseconds?: number;
}
