// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { routeKernels } from "../accelerated.ts";
export { completeBackend } from "../complete-backend.ts";
export { centroidComponents } from "../components.ts";
export { deriveKernels } from "../derived/kernels.ts";
export { scatterSize } from "../moments.ts";
export type { RadialName } from "../radials/table.ts";
export { referenceBackend } from "../reference/backend.ts";
export { createRunningMeans } from "../running-means.ts";
export { rawSize } from "../scatters/second-moments.ts";
