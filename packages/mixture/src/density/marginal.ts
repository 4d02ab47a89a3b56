import type { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import { derivedModel, submatrix } from "./derived-model.ts";
import type { Feature } from "./features.ts";
import { featureIndices, namesOf } from "./features.ts";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/**
 * The mixture of some of the features, with the others integrated out: exact, of the same covariance type and with the same weights.
 *
 * @param features names or indices, at least one, each once; the new model has them in this order
 * @throws MixturaError `invalid-option` for none or the same twice, `feature-mismatch` for unknown ones,
 *   `not-positive-definite` for a covariance that is singular up to rounding
 * @remarks O(k·d²). Bishop, Pattern Recognition and Machine Learning (2006), eq. 2.98.
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.3, 0.7],
 *   means: [[0, 1], [4, 5]],
 *   covariances: [[[1, 0.5], [0.5, 2]], [[3, 0], [0, 4]]],
 *   featureNames: ["length", "depth"],
 * });
 * const depths = marginal(model, ["depth"]);
 * depths.means.data // => [1, 5]
 * depths.covariance(1).data // => [4]
 * marginal(model, [0]).featureNames // => ["length"]
 * marginal(model, []) // throws invalid-option
 * marginal(model, ["width"]) // throws feature-mismatch
 * ```
 */
export function marginal(model: MixtureModel, features: readonly Feature[]): FittedGaussianMixture {
  const parameters = parametersOf(model, "marginal");
  const kept = featureIndices(parameters, features, "features", "marginal");
  const { features: d, count, type, weights, means, covariances } = parameters;
  return derivedModel(
    {
      features: kept.length,
      names: namesOf(parameters, kept),
      type,
      weights,
      means: Float64Array.from(
        { length: count * kept.length },
        (_, at) => means[Math.floor(at / kept.length) * d + kept[at % kept.length]!]!,
      ),
      covariances: covariances.map((covariance) => submatrix(covariance, d, kept)),
    },
    "marginal",
  );
}
