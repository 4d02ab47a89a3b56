export { KernelDensity } from "./estimator.ts";
export type { Kernel } from "./kernel.ts";
export { kernels } from "./kernel.ts";
export type { KernelDensityPoint } from "./model.ts";
export { FittedKernelDensity } from "./model.ts";
export type { KernelDensityOptions } from "./options.ts";
export { plugins } from "./plugins.ts";
