import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { FittedGaussianMixture } from "@mixtura/mixture";

/**
 * Checks that a model has means and covariances of its components.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkComponents(model: FittedGaussianMixture | null | undefined, caller: string): void {
  if (model?.means?.data instanceof Float64Array && typeof model.covariance === "function") return;
  throw new MixturaError("invalid-option", `${caller}: a fitted Gaussian mixture is needed, found ${show(model)}.`, {
    option: "model",
    found: model,
  });
}
