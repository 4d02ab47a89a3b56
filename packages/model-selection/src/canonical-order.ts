import type { FittedGaussianMixture } from "@mixtura/mixture";
import { checkComponents } from "./check-components.ts";

/** An order of components. */
export interface ComponentOrder {
  /** Component `order[p]` of the model stands at place p. */
  readonly order: Int32Array;
  /** The place of each component, for labels: `labels.map((label) => rank[label]!)`. */
  readonly rank: Int32Array;
}

/**
 * An order of a mixture's components that depends on the mixture alone: ascending by the first feature's mean, then by the second one's and so
 * on, then by descending weight. Two fits that found the same mixture agree in it, whichever numbers their components had.
 *
 * @throws MixturaError `invalid-option`
 * @remarks O(K log K · d) time. Where means of different fits differ by noise only, `matchComponents` pairs components more reliably.
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.2, 0.8],
 *   means: [[5], [-1]],
 *   covariances: [[[1]], [[1]]],
 * });
 * const { order, rank } = canonicalOrder(model);
 * order // => Int32Array.of(1, 0)
 * const labels = await model.predict([[5], [-1]]);
 * labels.map((label) => rank[label]!) // => Int32Array.of(1, 0)
 * ```
 */
export function canonicalOrder(model: FittedGaussianMixture): ComponentOrder {
  checkComponents(model, "canonicalOrder");
  const { nComponents, featureCount: d, means, weights } = model;
  const order = Int32Array.from({ length: nComponents }, (_, k) => k).toSorted((a, b) => {
    for (let j = 0; j < d; j++) {
      const difference = means.data[a * d + j]! - means.data[b * d + j]!;
      if (difference !== 0) return difference;
    }
    return weights[b]! - weights[a]! || a - b;
  });
  const rank = new Int32Array(nComponents);
  order.forEach((component, place) => (rank[component] = place));
  return { order, rank };
}
