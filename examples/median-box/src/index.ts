import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { MedianBox } from "./estimator.ts";
import { FittedMedianBox, MEDIAN_BOX } from "./model.ts";
import type { MedianBoxOptions } from "./options.ts";
import { medianBoxOptions } from "./options.ts";

export { FittedMedianBox, MedianBox, medianBoxOptions };
export type { BatchContext, MedianBoxPayload } from "./model.ts";
export type { MedianBoxOptions };

const medianBox = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: MEDIAN_BOX,
  summary: "Outliers by medians and median deviations.",
  options: medianBoxOptions,
  capabilities: ["outlier"],
  create: (options) => new MedianBox(options),
  revive: (json) => FittedMedianBox.fromJSON(json),
} satisfies EstimatorPlugin<MedianBoxOptions, FittedMedianBox>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([medianBox]);
