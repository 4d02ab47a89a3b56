import type { Component, Matrix } from "@mixtura/core";
import type { MixturePoint } from "./point.ts";

/** What components are described by. */
interface ComponentSource {
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Matrix;
  readonly point: MixturePoint;
  /** Covariance of component k, d×d. */
  covariance(k: number): Matrix;
}

/** The components of a mixture as densities; moments are made when they are asked for. */
export function componentsOf(model: ComponentSource, family: string): readonly Component[] {
  const { weights, point, means } = model;
  const terms = new Float64Array(weights.length);
  return Object.freeze(
    Array.from(weights, (weight, k): Component => {
      const logWeight = Math.log(weight);
      return Object.freeze({
        family,
        // A component of weight 0 has no term to take the weight from.
        logDensity: (x: ArrayLike<number>) => (weight > 0 ? point.writeTerms(x, terms)[k]! - logWeight : -Infinity),
        get mean() {
          return means.data.slice(k * means.columns, (k + 1) * means.columns);
        },
        get covariance() {
          return model.covariance(k);
        },
      });
    }),
  );
}
