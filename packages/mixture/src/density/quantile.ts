import { greatestOf, leastOf } from "@mixtura/core/internal";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { normalCdf, normalQuantile } from "@mixtura/distributions";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/**
 * The value that a row does not exceed with probability `p`, for a mixture of one feature: the least double whose distribution function is at
 * least p.
 *
 * Found between the quantiles of the components by halving; above the median by the upper tail, so that both tails are as exact as p is.
 *
 * @param p from 0 to 1; the ends give −Infinity and Infinity
 * @throws MixturaError `invalid-option` for another p, `not-supported` for a model of several features: take its {@link marginal}
 * @remarks O(k) for each of about sixty halvings.
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[10]],
 *   covariances: [[[4]]],
 * });
 * quantile(model, 0.975) // ≈ 13.919927969080108
 * quantile(model, 1) // => Infinity
 * quantile(model, 1.5) // throws invalid-option
 * ```
 */
export function quantile(model: MixtureModel, p: number): number {
  const { features, weights, means, covariances } = parametersOf(model, "quantile");
  if (features !== 1)
    throw new MixturaError("not-supported", `quantile: the model has ${features} features; take the marginal of one of them first.`, {
      feature: "quantile of several features",
    });
  if (!(typeof p === "number" && p >= 0 && p <= 1))
    throw new MixturaError("invalid-option", `quantile: "p" must be a number from 0 to 1, found ${show(p)}.`, { option: "p", found: p });
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const components = Array.from(weights, (weight, k) => ({ weight, mean: means[k]!, scale: Math.sqrt(covariances[k]![0]!) })).filter(
    ({ weight }) => weight > 0,
  );
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const upper = p > 0.5;
  const reached = (x: number): boolean => {
    let mass = 0;
    for (const { weight, mean, scale } of components) mass += weight * normalCdf((upper ? mean - x : x - mean) / scale);
    return upper ? mass <= (1 - p) * total : mass >= p * total;
  };
  const z = normalQuantile(p);
  const quantiles = components.map(({ mean, scale }) => mean + scale * z);
  // A little wider than the quantiles, for their rounding.
  const margin = greatestOf(components.map(({ scale }) => scale)) * 1e-9;
  let low = leastOf(quantiles) - margin;
  let high = greatestOf(quantiles) + margin;
  for (;;) {
    const middle = low / 2 + high / 2;
    if (!(middle > low && middle < high)) return high;
    if (reached(middle)) high = middle;
    else low = middle;
  }
}
