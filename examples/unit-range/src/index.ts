import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { UnitRange } from "./estimator.ts";
import { FittedUnitRange } from "./model.ts";
import type { UnitRangeOptions } from "./options.ts";
import { unitRangeOptions } from "./options.ts";

export { FittedUnitRange, UnitRange, unitRangeOptions };
export type { UnitRangePayload } from "./model.ts";
export type { UnitRangeOptions };

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([pluginOf(UnitRange)]);
