export type { Candidate, CandidateChoice, FailedCandidate, FittedCandidate } from "./candidate.ts";
export type { InformationCriteria } from "./criteria.ts";
export { aicc } from "./criteria.ts";
export type { CrossValidateOptions, CrossValidation, CrossValidationContext, CrossValidationProgress } from "./cross-validate.ts";
export { crossValidate } from "./cross-validate.ts";
export type { FoldScore } from "./folds.ts";
export type { CheckedSelectMixtureOptions, Criterion, SelectionRule, SelectMixtureOptions, SharedOptions } from "./options.ts";
export { criteria, criterionNames, selectMixtureOptions } from "./options.ts";
export { partialSelection } from "./partial-selection.ts";
export { selectMixture } from "./select-mixture.ts";
export type { MixtureSelection, PartialSelection, SelectionContext, SelectionProgress } from "./selection.ts";
export type { DataFingerprint, SelectionJSON } from "./selection-json.ts";
export type {
  LikelihoodRatioContext,
  LikelihoodRatioProgress,
  LikelihoodRatioTest,
  LikelihoodRatioTests,
} from "./bootstrap-likelihood-ratio.ts";
export { bootstrapLikelihoodRatio } from "./bootstrap-likelihood-ratio.ts";
export type { BootstrapLikelihoodRatioOptions } from "./bootstrap-options.ts";
export { bootstrapLikelihoodRatioOptions } from "./bootstrap-options.ts";
export type { ComponentOrder } from "./canonical-order.ts";
export { canonicalOrder } from "./canonical-order.ts";
export { classificationUncertainty } from "./classification-uncertainty.ts";
export type { LabelMatching } from "./match-labels.ts";
export { matchComponents, matchLabels } from "./match-labels.ts";
export type { MergeContext, MergedClusters, Merging } from "./merge-components.ts";
export { mergeComponents } from "./merge-components.ts";
export type { MonteCarloPValue } from "./monte-carlo.ts";
export type { Stability, StabilityContext, StabilityOptions, StabilityProgress, StabilityRow } from "./stability.ts";
export { stability, stabilityOptions } from "./stability.ts";
