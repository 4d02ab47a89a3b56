// Triangular factors and the components that they make: all the algebra of a model that scores.
export type { Cholesky, FailedPivot } from "./algebra/cholesky.ts";
export { cholesky } from "./algebra/cholesky.ts";
export { isSymmetric } from "./algebra/symmetric.ts";
export { invertLower, lowerTimesTranspose, mirrorLower, transposeTimesLower } from "./algebra/triangular.ts";
export { whitenCovariance, whiteningOfCovariance, whiteningOfPrecision } from "./algebra/whitening.ts";
export type { GaussianComponents, Metric } from "./components.ts";
export { centroidComponents, factorSize, gaussianComponents, logDeterminant } from "./components.ts";
export type { Shape } from "./shapes/shape.ts";
export type { ShapeName } from "./shapes/table.ts";
export { radials } from "./radials/table.ts";
export { shapes } from "./shapes/table.ts";
