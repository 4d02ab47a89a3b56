import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import { conditionalMixture } from "./conditional.ts";
import { derivedModel } from "./derived-model.ts";
import type { FeatureValues } from "./features.ts";
import { featureIndex, nameOf, namesOf, otherFeatures } from "./features.ts";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/**
 * The mixture of the remaining features once some are known: exact, of the same covariance type. Components get the weights that the known
 * values give them, in the log domain, however far out these lie.
 *
 * @param given values by feature name, in the units of the data; by index where the features have no names
 * @throws MixturaError `invalid-option` for no feature, for all features, and for values that are not finite; `feature-mismatch` for unknown
 *   features; `not-positive-definite` for a covariance that is singular up to rounding
 * @remarks O(k·d³). Bishop, Pattern Recognition and Machine Learning (2006), eq. 2.81 and 2.82, by a Cholesky factor instead of inverses.
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0, 0], [10, 10]],
 *   covariances: [[[1, 0.5], [0.5, 1]], [[1, 0.5], [0.5, 1]]],
 *   featureNames: ["length", "depth"],
 * });
 * const deep = condition(model, { length: 2 });
 * deep.featureNames // => ["depth"]
 * deep.means.data // => [1, 6]
 * deep.covariance(0).data // ≈ [0.75]
 * condition(model, { length: 1, depth: 1 }) // throws invalid-option
 * condition(model, { width: 1 }) // throws feature-mismatch
 * ```
 */
export function condition(model: MixtureModel, given: FeatureValues): FittedGaussianMixture {
  const caller = "condition";
  const parameters = parametersOf(model, caller);
  const { features: d, count, type } = parameters;
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given))
    throw new MixturaError("invalid-option", `${caller}: "given" must be a record of values by feature, found ${show(given)}.`, {
      option: "given",
      found: given,
    });
  const entries = Object.entries(given).map(([name, value]) => ({ index: featureIndex(parameters, name, caller), value }));
  const bad = entries.find(({ value }) => !Number.isFinite(value));
  if (bad !== undefined)
    throw new MixturaError(
      "invalid-option",
      `${caller}: the value of ${nameOf(parameters, bad.index)} must be a finite number, found ${show(bad.value)}.`,
      { option: "given", found: bad.value },
    );
  const indices = entries.map(({ index }) => index);
  const others = otherFeatures(parameters, indices);
  if (indices.length === 0 || others.length === 0)
    throw new MixturaError(
      "invalid-option",
      `${caller}: give some of the ${d} features and leave at least one, found ${indices.length === 0 ? "none" : "all"} given.`,
      { option: "given", found: given },
    );
  const split = conditionalMixture(parameters, indices, others, caller);
  const weights = new Float64Array(count);
  const means = new Float64Array(count * others.length);
  split.at(
    Float64Array.from(entries, ({ value }) => value),
    weights,
    means,
  );
  if (!means.every(Number.isFinite))
    throw new MixturaError("invalid-option", `${caller}: the values lie so far out that a mean is beyond the range of doubles.`, {
      option: "given",
      found: given,
    });
  return derivedModel(
    {
      features: others.length,
      names: namesOf(parameters, others),
      type,
      weights,
      means,
      covariances: split.components.map(({ covariance }) => covariance),
    },
    caller,
  );
}
