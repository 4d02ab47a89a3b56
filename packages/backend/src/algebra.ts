// The dense algebra of the host and the components of a pass, without kernels: programs that only score bundle no more than this.
export type { Cholesky, FailedPivot } from "./algebra/cholesky.ts";
export { cholesky } from "./algebra/cholesky.ts";
export type { SymmetricEigen } from "./algebra/symmetric-eigen.ts";
export { symmetricEigen } from "./algebra/symmetric-eigen.ts";
export { invertLower, lowerTimesTranspose, mirrorLower, transposeTimesLower } from "./algebra/triangular.ts";
export { whitenCovariance, whiteningOfCovariance, whiteningOfPrecision } from "./algebra/whitening.ts";
export type { GaussianComponents, Metric } from "./components.ts";
export { centroidComponents, factorSize, gaussianComponents, logDeterminant } from "./components.ts";
