import type { AnyEstimatorPlugin } from "@mixtura/core";
import { criteria } from "@mixtura/model-selection";
import { criterionNames } from "@mixtura/model-selection/internal";
import { covarianceTypes, plugins } from "mixtura";

/** An estimator as it declares itself: what forms, addresses and code are made from. */
export type DeclaredEstimator = Pick<AnyEstimatorPlugin, "type" | "summary" | "capabilities" | "options">;

/** What the page knows of the library. */
export interface Catalogue {
  readonly estimators: readonly DeclaredEstimator[];
  readonly covarianceTypes: readonly string[];
  readonly criteria: readonly string[];
  readonly criterionNames: Readonly<Record<string, string>>;
}

/**
 * Plain data, but for what says whether an option of code alone is right: the build writes its value in place of this module (`vite.config.ts`), so that the page loads what
 * estimators declare and not the estimators, which the worker has.
 */
export const catalogue: Catalogue = {
  estimators: plugins.map(({ type, summary, capabilities, options }) => ({ type, summary, capabilities, options })),
  covarianceTypes,
  criteria,
  criterionNames,
};
