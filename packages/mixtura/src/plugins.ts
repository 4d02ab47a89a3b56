import type { AnyEstimatorPlugin, FittedModel } from "@mixtura/core";
import { loadModel as loadModelWith } from "@mixtura/core";
import { plugins as covariancePlugins } from "@mixtura/covariance";
import { plugins as ecodPlugins } from "@mixtura/ecod";
import { plugins as kernelDensityPlugins } from "@mixtura/kernel-density";
import { plugins as mixturePlugins } from "@mixtura/mixture";
import { plugins as outlierPlugins } from "@mixtura/outliers";

/** Every estimator of this package, for tools that list or load them. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  ...mixturePlugins,
  ...kernelDensityPlugins,
  ...ecodPlugins,
  ...covariancePlugins,
  ...outlierPlugins,
]);

/**
 * Reads a fitted model of any type that this package knows.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @param more plugins for further types
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * loadModel(JSON.stringify(model)).type // => "GaussianMixture"
 * ```
 */
export function loadModel(json: unknown, { plugins: more = [] }: { readonly plugins?: readonly AnyEstimatorPlugin[] } = {}): FittedModel {
  return loadModelWith(json, { plugins: [...plugins, ...more] });
}
