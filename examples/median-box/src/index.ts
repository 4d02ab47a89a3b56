import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { MedianBox } from "./estimator.ts";
import { FittedMedianBox } from "./model.ts";
import type { MedianBoxOptions } from "./options.ts";
import { medianBoxOptions } from "./options.ts";

export { FittedMedianBox, MedianBox, medianBoxOptions };
export type { MedianBoxPayload } from "./model.ts";
export type { MedianBoxOptions };

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  pluginOf(MedianBox),
]);
