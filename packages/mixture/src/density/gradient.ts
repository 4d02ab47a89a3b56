import { checkPoint, wrongLength } from "@mixtura/core/authoring";
import type { MixtureModel, Parameters } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/** What is known of a mixture's log-density at a point. */
export interface LocalDensity {
  readonly logDensity: number;
  /** Responsibility of each component, length k. */
  readonly responsibilities: Float64Array;
  /** Σₖ⁻¹(μₖ − x), k×d: the gradients of the components. */
  readonly pulls: Float64Array;
}

/**
 * Gradient of the natural-log density at a point: Σ rₖ Σₖ⁻¹(μₖ − x), in nats per unit of each feature.
 *
 * @param x d numbers
 * @param out where the d numbers go; a new array when absent
 * @throws MixturaError `invalid-shape`, `not-finite`
 * @remarks O(k·d²), without allocation beyond `out` and O(k·d) numbers.
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[4]]],
 * });
 * logDensityGradient(model, [-3]) // ≈ [0.008285724362054]
 * logDensityGradient(model, [1000]) // ≈ [-249.25]
 * ```
 */
export function logDensityGradient(model: MixtureModel, x: ArrayLike<number>, out?: Float64Array): Float64Array {
  const caller = "logDensityGradient";
  const parameters = parametersOf(model, caller);
  const { features: d, count } = parameters;
  const target = out ?? new Float64Array(d);
  checkPoint(x, d, caller);
  if (target.length !== d) throw wrongLength(target, d, `${caller} (out)`);
  const { responsibilities, pulls } = localDensity(parameters, x);
  target.fill(0);
  for (let k = 0; k < count; k++) {
    if (responsibilities[k]! > 0) for (let j = 0; j < d; j++) target[j]! += responsibilities[k]! * pulls[k * d + j]!;
  }
  return target;
}

/** Standard deviations beyond which products of coordinates may leave the range of doubles. */
const FAR = 2 ** 400;
const SMALLER = 2 ** -512;

/** Responsibilities and pulls at a point; far from everything the nearest component has responsibility 1. */
export function localDensity(parameters: Parameters, x: ArrayLike<number>): LocalDensity {
  const { features: d, count, means, factors, logOffsets } = parameters;
  const responsibilities = new Float64Array(count);
  const pulls = new Float64Array(count * d);
  const y = new Float64Array(d);
  let max = -Infinity;
  let nearest = 0;
  let least = Infinity;
  for (let k = 0; k < count; k++) {
    const factor = factors[k]!;
    let square = 0;
    let largest = 0;
    for (let i = 0; i < d; i++) {
      let rest = means[k * d + i]! - x[i]!;
      for (let j = 0; j < i; j++) rest -= factor[i * d + j]! * y[j]!;
      y[i] = rest / factor[i * d + i]!;
      square += y[i]! * y[i]!;
      largest = Math.max(largest, Math.abs(y[i]!));
    }
    // So far out, coordinates are taken in smaller units: pulls that cannot be said are infinite then, and not the difference of two such.
    const unit = largest < FAR ? 1 : SMALLER;
    if (unit !== 1) {
      for (let i = 0; i < d; i++) {
        let rest = means[k * d + i]! * unit - x[i]! * unit;
        for (let j = 0; j < i; j++) rest -= factor[i * d + j]! * y[j]!;
        y[i] = rest / factor[i * d + i]!;
      }
    }
    for (let i = d - 1; i >= 0; i--) {
      let rest = y[i]!;
      for (let j = i + 1; j < d; j++) rest -= factor[j * d + i]! * pulls[k * d + j]!;
      pulls[k * d + i] = rest / factor[i * d + i]!;
    }
    if (unit !== 1) for (let i = 0; i < d; i++) pulls[k * d + i]! /= unit;
    // Beyond the range of doubles one infinite coordinate may be taken from another.
    const term = square < Infinity ? logOffsets[k]! - 0.5 * square : -Infinity;
    responsibilities[k] = term;
    if (term > max) max = term;
    if (logOffsets[k]! > -Infinity && largest < least) [nearest, least] = [k, largest];
  }
  if (!(max > -Infinity)) {
    responsibilities.fill(0);
    responsibilities[nearest] = 1;
    return { logDensity: -Infinity, responsibilities, pulls };
  }
  let sum = 0;
  for (let k = 0; k < count; k++) sum += responsibilities[k] = Math.exp(responsibilities[k]! - max);
  for (let k = 0; k < count; k++) responsibilities[k]! /= sum;
  return { logDensity: max + Math.log(sum), responsibilities, pulls };
}
