// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { counted, grouped, plural } from "./counts.ts";
export { criterionText, logDensityText } from "./figures.ts";
export type { Lines } from "./lines.ts";
export { characterCount, shortened, wrap } from "./lines.ts";
export { inSentence, listed } from "./lists.ts";
export { decimalsFor, duration, fileSize, fixed, significant } from "./numbers.ts";
export { percent } from "./percent.ts";
