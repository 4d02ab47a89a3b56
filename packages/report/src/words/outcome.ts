import type { Candidate, Criterion, FittedMixture } from "@mixtura/model-selection";

/** What was fitted, and what it was chosen from: the outcome of `selectMixture`, or of a single fit. */
export interface Outcome {
  readonly model: FittedMixture;
  /** Empty where there was nothing to choose: one number of components, one covariance type. */
  readonly candidates: readonly Candidate<FittedMixture>[];
  readonly criterion: Criterion;
  readonly seed: number;
  readonly elapsedMilliseconds: number;
}
