// Tries the backends of a machine: loads them, checks them against the reference, times them, and chooses one with its reasons.
export type { BackendChoiceOptions, ChosenBackend } from "./trial/choose.ts";
export { chooseBackend } from "./trial/choose.ts";
export type { BackendCandidate, BackendTrial, TrialOptions } from "./trial/try-backend.ts";
export { tryBackend } from "./trial/try-backend.ts";
