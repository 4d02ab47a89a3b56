export { certaintyOf, certaintyWords } from "./words/certainty.ts";
export { choiceSentences, shapeOf } from "./words/choice.ts";
export type { ComponentDescription, ComponentFeature } from "./words/components.ts";
export { describeComponents, featureNamesOf } from "./words/components.ts";
export { counted, decimalsFor, duration, fileSize, fixed, grouped, percent, significant } from "./words/numbers.ts";
export { occupiedComponents, posteriorSentences } from "./words/occupied.ts";
export type { Outcome } from "./words/outcome.ts";
export { leastRecovered, stabilitySentences } from "./words/stability.ts";
