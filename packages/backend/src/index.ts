export type { Accelerated } from "./accelerated.ts";
export type { Cholesky } from "./algebra/cholesky.ts";
export { cholesky } from "./algebra/cholesky.ts";
export type { SymmetricEigen } from "./algebra/symmetric-eigen.ts";
export { symmetricEigen } from "./algebra/symmetric-eigen.ts";
export { invertLower, lowerTimesTranspose, transposeTimesLower } from "./algebra/triangular.ts";
export { whiteningOfCovariance, whiteningOfPrecision } from "./algebra/whitening.ts";
export type { GaussianComponents, Metric } from "./components.ts";
export { centroidComponents, factorSize, gaussianComponents, logDeterminant } from "./components.ts";
export { completeBackend } from "./complete-backend.ts";
export type {
  Backend,
  BackendDefinition,
  DeviceMatrix,
  ExpectationOptions,
  GaussianKernels,
  KernelOptions,
  MomentsOptions,
  PassBackend,
  PotentialsOptions,
  Primitives,
  UploadOptions,
} from "./contract.ts";
export { BACKEND_CONTRACT_VERSION, CHUNK_ROWS } from "./contract.ts";
export { defineBackend } from "./define.ts";
export { deriveKernels } from "./derived/kernels.ts";
export type { Moments } from "./moments.ts";
export { emptyMoments, scatterSize } from "./moments.ts";
export { mergeMoments } from "./merge-moments.ts";
export type { OfSquares, Radial } from "./radials/radial.ts";
export type { RadialName, RadialPart } from "./radials/table.ts";
export { radials } from "./radials/table.ts";
export { referenceBackend } from "./reference/backend.ts";
export type { RunningMeans } from "./running-means.ts";
export { createRunningMeans } from "./running-means.ts";
export type { SecondMoments } from "./scatters/second-moments.ts";
export { rawSize } from "./scatters/second-moments.ts";
export type { Scatter } from "./scatters/table.ts";
export { scatters } from "./scatters/table.ts";
export type { Shape } from "./shapes/shape.ts";
export type { ShapeName } from "./shapes/table.ts";
export { shapes } from "./shapes/table.ts";
export { shiftMoments } from "./shift-moments.ts";
