import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { ECOD } from "./estimator.ts";

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([pluginOf(ECOD)]);
