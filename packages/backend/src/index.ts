export type { Accelerated } from "./accelerated.ts";
export type { GaussianComponents } from "./components.ts";
export { centroidComponents, gaussianComponents } from "./components.ts";
export type {
  Backend,
  BackendDefinition,
  DeviceMatrix,
  ExpectationOptions,
  GaussianKernels,
  KernelOptions,
  MomentsOptions,
  PotentialsOptions,
  Primitives,
  UploadOptions,
} from "./contract.ts";
export { BACKEND_CONTRACT_VERSION, CHUNK_ROWS } from "./contract.ts";
export { defineBackend } from "./define.ts";
export { mergeMoments } from "./merge-moments.ts";
export type { Moments } from "./moments.ts";
export { emptyMoments } from "./moments.ts";
export { radials } from "./radials/table.ts";
export { referenceBackend } from "./reference/backend.ts";
export type { Scatter } from "./scatters/table.ts";
export { scatters } from "./scatters/table.ts";
export type { ShapeName } from "./shapes/table.ts";
export { shapes } from "./shapes/table.ts";
export { shiftMoments } from "./shift-moments.ts";
