export { betaQuantile, betaTails, logBeta } from "./beta.ts";
export { chiSquareQuantile, chiSquareTails } from "./chi-square.ts";
export { digamma } from "./digamma.ts";
export { fQuantile, fTails } from "./f.ts";
export { logGamma } from "./gamma.ts";
export { normalCdf, normalInterval, normalPdf, normalQuantile } from "./normal.ts";
export { gaussLegendre, integrate } from "./quadrature.ts";
export { studentQuantile, studentTails } from "./student.ts";
export type { Tails } from "./tails.ts";
