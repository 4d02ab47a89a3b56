// Reviving and scoring only: no options, no fitting, and no kernels until a batch method asks for them.
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { readModelHeads } from "@mixtura/core/internal";
import { FittedBayesianGaussianMixture } from "./bayesian-mixture/model.ts";
import { FittedGaussianMixture } from "./gaussian-mixture/model.ts";
import { FittedKMeans } from "./k-means/model.ts";

export { FittedBayesianGaussianMixture, FittedGaussianMixture, FittedKMeans };

/**
 * Reads a Gaussian mixture or clusters, for services that only score. A Bayesian mixture is read by `FittedBayesianGaussianMixture.fromJSON`: services
 * without one do without what its densities take.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
 * @example
 * ```ts run
 * import { reviveMixture } from "@mixtura/mixture/score";
 *
 * const text = JSON.stringify(
 *   GaussianMixture.fromParameters({
 *     weights: [1],
 *     means: [[0]],
 *     covariances: [[[1]]],
 *   }),
 * );
 * reviveMixture(text).point.label([0]) // => 0
 * ```
 */
export function reviveMixture(json: unknown): FittedGaussianMixture | FittedKMeans {
  const heads = readModelHeads(json);
  if (heads.type === "GaussianMixture") return FittedGaussianMixture.fromJSON(heads);
  if (heads.type === "KMeans") return FittedKMeans.fromJSON(heads);
  const hint = heads.type === "BayesianGaussianMixture" ? " Read it by FittedBayesianGaussianMixture.fromJSON, of the same entry." : "";
  throw new MixturaError(
    "unknown-model-type",
    `The model is a ${show(heads.type)}; this function reads GaussianMixture and KMeans.${hint}`,
    {
      type: heads.type,
      known: ["GaussianMixture", "KMeans"],
    },
  );
}
