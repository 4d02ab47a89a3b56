// Reviving and scoring only: no options, no fitting, and no kernels until a batch method asks for them.
import { MixturaError, readModelHeads } from "@mixtura/core";
import { FittedGaussianMixture } from "./gaussian-mixture/model.ts";
import { FittedKMeans } from "./k-means/model.ts";

export type { MixturePoint, Point } from "./gaussian-mixture/point.ts";
export { FittedGaussianMixture, FittedKMeans };

/**
 * Reads a model of this package, for services that only score.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
 * @example
 * ```ts run
 * import { reviveMixture } from "@mixtura/mixture/score";
 *
 * const text = JSON.stringify(GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] }));
 * reviveMixture(text).point.label([0]) // => 0
 * ```
 */
export function reviveMixture(json: unknown): FittedGaussianMixture | FittedKMeans {
  const heads = readModelHeads(json);
  if (heads.type === "GaussianMixture") return FittedGaussianMixture.fromJSON(heads);
  if (heads.type === "KMeans") return FittedKMeans.fromJSON(heads);
  throw new MixturaError("unknown-model-type", `The model is a "${heads.type}"; this entry reads GaussianMixture and KMeans.`, {
    type: heads.type,
    known: ["GaussianMixture", "KMeans"],
  });
}
