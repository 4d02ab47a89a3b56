// Finding out what a machine offers: backends are loaded, checked against the reference and timed, and one is chosen for reasons that are told.
export type { BackendChoiceOptions, ChosenBackend } from "./trial/choose.ts";
export { chooseBackend } from "./trial/choose.ts";
export type { BackendCandidate, BackendTrial, TrialOptions } from "./trial/try-backend.ts";
export { tryBackend } from "./trial/try-backend.ts";
