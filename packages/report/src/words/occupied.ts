import { greatestOf } from "@mixtura/core/internal";
import type { GaussianParameters, Mixture } from "@mixtura/core";
import { matrix } from "@mixtura/core";

/**
 * The components that are described: those that training rows occupy, which of a posterior may be few, and those that hold rows here.
 *
 * @param sizes rows of each component
 */
export function occupiedComponents({ nComponents, occupiedComponents: occupied }: Mixture, sizes: ArrayLike<number>): number[] {
  const all = Array.from({ length: nComponents }, (_, k) => k);
  if (occupied === undefined) return all;
  const held = all.filter((k) => sizes[k]! > 0 || occupied.includes(k));
  return held.length > 0 ? held : [0];
}

/**
 * What a picture shows of a mixture: the components that are described, in their places; those between them have the weight 0, those behind them are
 * left out.
 */
export function drawnMixture(model: Mixture, occupied: readonly number[]): GaussianParameters | Mixture {
  if (model.toGaussianMixture === undefined) return model;
  const gaussian = model.toGaussianMixture();
  if (occupied.length === model.nComponents) return gaussian;
  const { weights, means } = gaussian;
  const count = greatestOf(occupied) + 1;
  const held = occupied.reduce((sum, k) => sum + weights[k]!, 0);
  return {
    weights: Array.from(weights)
      .slice(0, count)
      .map((weight, k) => (occupied.includes(k) ? weight / held : 0)),
    means: matrix(means.data.slice(0, count * means.columns), count, means.columns, means.featureNames),
    covariance: (k: number) => gaussian.covariance(k),
  };
}
