import type { FittedModel, GaussianParameters } from "@mixtura/core";
import { isMixture, toRows } from "@mixtura/core";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { GaussianMixture } from "@mixtura/mixture";

/** The Gaussian mixture that a model is, or at whose parameters it stands; nothing for other models. */
export function gaussianOf(model: FittedModel): FittedGaussianMixture | undefined {
  if (!isMixture(model)) return undefined;
  const found = model.toGaussianMixture?.();
  if (found === undefined || isWhole(found)) return found;
  const { weights, means } = found;
  return GaussianMixture.fromParameters({
    weights: Array.from(weights),
    means,
    covariances: Array.from(weights, (_, k) => toRows(found.covariance(k))),
    ...(model.featureNames === undefined ? {} : { featureNames: model.featureNames }),
  });
}

/** Whether parameters are those of a model of ours. */
function isWhole(found: GaussianParameters): found is FittedGaussianMixture {
  return isMixture(found) && "covarianceType" in found;
}
