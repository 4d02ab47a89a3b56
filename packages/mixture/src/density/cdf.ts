import type { Bounds } from "./box.ts";
import { readBox } from "./box.ts";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";
import type { Probability, ProbabilityOptions } from "./probability.ts";
import { boxProbability } from "./probability.ts";

/**
 * The distribution function: the probability that no feature of a row exceeds `x`. See {@link probability} for how exact it is.
 *
 * @param x one number per feature, or a record by name in which missing features are unbounded; ±Infinity is allowed
 * @throws (by rejection) MixturaError as {@link probability} does
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[1]]],
 * });
 * (await cdf(model, [0])).probability // ≈ 0.5
 * ```
 */
export async function cdf(model: MixtureModel, x: Bounds, options?: ProbabilityOptions): Promise<Probability> {
  const parameters = parametersOf(model, "cdf");
  return boxProbability(parameters, readBox(parameters, { upper: x }, "cdf"), options, "cdf");
}
