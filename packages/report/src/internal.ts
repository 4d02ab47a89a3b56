// What the command line shares with the page: no promise to anyone else, so any release may change it.
export { surveyRows } from "./survey.ts";
export { certaintyOf, certaintyWords } from "./words/certainty.ts";
export { choiceSentences, shapeWords } from "./words/choice.ts";
export type { ComponentDescription, ComponentFeature } from "./words/components.ts";
export { describeComponents, featureNamesOf } from "./words/components.ts";
export { failuresOf } from "./words/failures.ts";
export type { Failure } from "./words/failures.ts";
export { occupiedComponents } from "./words/occupied.ts";
export type { Outcome } from "./words/outcome.ts";
export { leastRecovered, stabilitySentences } from "./words/stability.ts";
