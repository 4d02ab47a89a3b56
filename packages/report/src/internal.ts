// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export type { Anomaly, DistanceFacts, KnownOutliers } from "./detection/facts.ts";
export type { UnusualRow } from "./survey.ts";
export { certaintyOf, certaintyWords } from "./words/certainty.ts";
export { choiceSentences, isHeadline, shapeWords } from "./words/choice.ts";
export type { ComponentDescription } from "./words/components.ts";
export { describeComponents, featureNamesOf } from "./words/components.ts";
export { failuresOf } from "./words/failures.ts";
export { occupiedComponents } from "./words/occupied.ts";
export type { Outcome } from "./words/outcome.ts";
export { leastRecovered, stabilitySentences } from "./words/stability.ts";
