export type { Candidate, CandidateChoice, FailedCandidate, FittedCandidate } from "./candidate.ts";
export type { CheckedSelectMixtureOptions, Criterion, SelectMixtureOptions } from "./options.ts";
export { criteria, selectMixtureOptions } from "./options.ts";
export type { MixtureSelection, SelectionContext, SelectionProgress } from "./select-mixture.ts";
export { selectMixture } from "./select-mixture.ts";
