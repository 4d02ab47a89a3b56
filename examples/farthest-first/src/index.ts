import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { FarthestFirst } from "./estimator.ts";
import { FittedFarthestFirst } from "./model.ts";
import type { FarthestFirstOptions } from "./options.ts";
import { farthestFirstOptions } from "./options.ts";

export { FittedFarthestFirst, FarthestFirst, farthestFirstOptions };
export type { FarthestFirstPayload } from "./model.ts";
export type { FarthestFirstOptions };

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([pluginOf(FarthestFirst)]);
