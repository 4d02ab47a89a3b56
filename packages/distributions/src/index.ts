export type { ChiSquareTails } from "./chi-square.ts";
export { chiSquareQuantile, chiSquareTails } from "./chi-square.ts";
export { logGamma } from "./gamma.ts";
export { normalCdf, normalInterval, normalPdf, normalQuantile } from "./normal.ts";
export type { Accuracy, Rule } from "./quadrature.ts";
export { gaussLegendre, integrate } from "./quadrature.ts";
