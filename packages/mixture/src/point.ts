// The answers about single points and nothing else, not even something that could be loaded later: for programs in one file.
import { readParametersOf } from "@mixtura/core/internal";
import { covarianceKind } from "./covariance/kinds.ts";
import { componentsFromPayload } from "./parameters/components-from-payload.ts";
import { GAUSSIAN_MIXTURE, readParameters } from "./gaussian-mixture/payload.ts";
import type { MixturePoint } from "./fitted/point.ts";
import { mixturePoint } from "./fitted/point.ts";

/**
 * The point methods of a Gaussian mixture in JSON, where neither the model nor its answers about many rows are wanted: bundlers that write
 * one file put into it what other entries load later.
 *
 * @param json a JSON text or the parsed value; nothing in it is trusted
 * @throws MixturaError `invalid-model`, `unsupported-version`
 * @example
 * ```ts run
 * import { revivePoint } from "@mixtura/mixture/point";
 *
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0], [9]],
 *   covariances: [[[1]], [[1]]],
 * });
 * revivePoint(JSON.stringify(model)).label([8]) // => 1
 * ```
 */
export function revivePoint(json: unknown): MixturePoint {
  const payload = readParametersOf(json, GAUSSIAN_MIXTURE, readParameters);
  return mixturePoint(componentsFromPayload(payload, covarianceKind(payload.covarianceType)), payload.featureNames);
}
