import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { ProductNormal } from "./estimator.ts";
import { FittedProductNormal } from "./model.ts";
import type { ProductNormalOptions } from "./options.ts";
import { productNormalOptions } from "./options.ts";

export { FittedProductNormal, ProductNormal, productNormalOptions };
export type { ProductNormalPayload } from "./model.ts";
export type { ProductNormalOptions };

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([pluginOf(ProductNormal)]);
