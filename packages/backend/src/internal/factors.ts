// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export type { Cholesky, FailedPivot } from "../algebra/cholesky.ts";
export { cholesky } from "../algebra/cholesky.ts";
export { isSymmetric } from "../algebra/symmetric.ts";
export { invertLower, lowerTimesTranspose, mirrorLower, transposeTimesLower } from "../algebra/triangular.ts";
export { whitenCovariance, whiteningOfCovariance, whiteningOfPrecision } from "../algebra/whitening.ts";
export type { Metric } from "../components.ts";
export { centroidComponents, factorSize, gaussianComponents, logDeterminant } from "../components.ts";
export { radials } from "../radials/table.ts";
export { shapes } from "../shapes/table.ts";
export { CHUNK_ROWS } from "../contract.ts";
