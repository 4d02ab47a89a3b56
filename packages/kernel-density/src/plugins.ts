import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { KernelDensity } from "./estimator.ts";
import { FittedKernelDensity } from "./model.ts";
import type { KernelDensityOptions } from "./options.ts";
import { kernelDensityOptions } from "./options.ts";
import { KERNEL_DENSITY } from "./payload.ts";

const kernelDensity = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: KERNEL_DENSITY,
  summary: "Density of any shape, as the mean of kernels about the training rows.",
  options: kernelDensityOptions,
  capabilities: ["density", "sampling", "weights"],
  create: (options) => new KernelDensity(options),
  revive: (json) => FittedKernelDensity.fromJSON(json),
} satisfies EstimatorPlugin<KernelDensityOptions, FittedKernelDensity>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([kernelDensity]);
