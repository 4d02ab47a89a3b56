import { cholesky, lowerTimesTranspose } from "@mixtura/backend/internal/factors";
import { isIndependent } from "../covariance/kind.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import { submatrix } from "./derived-model.ts";
import type { Parameters } from "./parameters.ts";
import { singular } from "./parameters.ts";

/** One component seen from some features that are given: how likely values of them are, and what they say about the rest. */
interface ConditionalComponent {
  /** Lower Cholesky factor of the given features' covariance, g×g. */
  readonly given: Float64Array;
  /** Loads of the others on the whitened given features, o×g. */
  readonly loads: Float64Array;
  /** Covariance of the others once the given features are known, o×o. */
  readonly covariance: Float64Array;
  readonly logOffset: number;
}

/** A mixture split into features that are given and the others. */
export interface ConditionalMixture {
  readonly given: readonly number[];
  readonly others: readonly number[];
  readonly components: readonly ConditionalComponent[];
  /**
   * Puts values in. Responsibilities are computed in the log domain, and values so far out that every density is 0 go to the component that is nearest in
   * its own standard deviations.
   *
   * @param values of the given features
   * @param responsibilities length k, filled with the weights of the components given the values
   * @param means k×o, filled with the means of the others
   */
  at(values: Float64Array, responsibilities: Float64Array, means: Float64Array): void;
}

/**
 * With the given features first, the Cholesky factor of a component's covariance is [L 0; B C]: L whitens the given ones, the mean of the
 * others is μ + B L⁻¹(x − μ), and C Cᵀ is their covariance, positive definite under any rounding.
 *
 * @throws MixturaError `not-positive-definite` for a covariance that is singular up to rounding
 */
export function conditionalMixture(
  parameters: Parameters,
  given: readonly number[],
  others: readonly number[],
  caller: string,
): ConditionalMixture {
  const { features: d, count, type, weights, means: centres, covariances } = parameters;
  const kind = covarianceKind(type);
  const independent = isIndependent(kind);
  const [g, o] = [given.length, others.length];
  const split = (covariance: Float64Array): Omit<ConditionalComponent, "logOffset"> & { readonly logDeterminant: number } => {
    const order = [...given, ...others];
    const result = cholesky(submatrix(covariance, d, order), d);
    if (!result.ok) throw singular(caller, result.pivot);
    const { factor } = result;
    const at = (i: number, j: number): number => factor[i * d + j]!;
    const own = Float64Array.from({ length: g * g }, (_, index) => at(Math.floor(index / g), index % g));
    const rest = Float64Array.from({ length: o * o }, (_, index) => at(g + Math.floor(index / o), g + (index % o)));
    let logDeterminant = 0;
    for (let i = 0; i < g; i++) logDeterminant += Math.log(own[i * g + i]!);
    return {
      given: own,
      loads: Float64Array.from({ length: o * g }, (_, index) => at(g + Math.floor(index / g), index % g)),
      // Independent features say nothing about each other: their variances stay as they are, to the bit.
      covariance: independent ? submatrix(covariance, d, others) : lowerTimesTranspose(rest, o),
      logDeterminant,
    };
  };
  const shared = kind.shared ? split(covariances[0]!) : undefined;
  const components = covariances.map((covariance, k) => {
    const part = shared ?? split(covariance);
    return { ...part, logOffset: Math.log(weights[k]!) - part.logDeterminant };
  });
  const y = new Float64Array(g);

  /** Solves L y = scale · (x − μ); returns ‖y‖². */
  const whiten = (k: number, values: Float64Array, scale: number): number => {
    const { given: lower } = components[k]!;
    let square = 0;
    for (let i = 0; i < g; i++) {
      let rest = values[i]! * scale - centres[k * d + given[i]!]! * scale;
      for (let j = 0; j < i; j++) rest -= lower[i * g + j]! * y[j]!;
      y[i] = rest / lower[i * g + i]!;
      square += y[i]! * y[i]!;
    }
    return square;
  };

  return {
    given,
    others,
    components,
    at(values, responsibilities, means) {
      for (let k = 0; k < count; k++) {
        responsibilities[k] = components[k]!.logOffset - 0.5 * whiten(k, values, 1);
        const { loads } = components[k]!;
        for (let i = 0; i < o; i++) {
          let mean = centres[k * d + others[i]!]!;
          for (let j = 0; j < g; j++) mean += loads[i * g + j]! * y[j]!;
          means[k * o + i] = mean;
        }
      }
      if (normalise(responsibilities)) return;
      responsibilities.fill(0);
      let nearest = -1;
      let least = Infinity;
      for (let k = 0; k < count; k++) {
        const distance = weights[k] === 0 ? NaN : whiten(k, values, FAR_SCALE);
        if (nearest === -1 ? !Number.isNaN(distance) : distance < least) [nearest, least] = [k, distance];
      }
      responsibilities[nearest] = 1;
    },
  };
}

/** Squares of numbers up to 1e300, taken this much smaller, are finite. */
const FAR_SCALE = 2 ** -600;

/** Turns logarithms into responsibilities of sum 1, unless all are −Infinity. */
function normalise(terms: Float64Array): boolean {
  let max = -Infinity;
  for (const term of terms) if (term > max) max = term;
  if (!(max > -Infinity)) return false;
  let sum = 0;
  for (let k = 0; k < terms.length; k++) {
    terms[k] = Math.exp(terms[k]! - max);
    sum += terms[k]!;
  }
  for (let k = 0; k < terms.length; k++) terms[k]! /= sum;
  return true;
}
