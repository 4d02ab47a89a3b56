// For backends that bring every kernel themselves: nothing that derives kernels, and no algebra.
export { routeKernels } from "./accelerated.ts";
export { completeBackend } from "./complete-backend.ts";
export { centroidComponents } from "./components.ts";
export { referenceBackend } from "./reference/backend.ts";
