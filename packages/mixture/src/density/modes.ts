import { cholesky, transposeTimesLower, whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import { covarianceKind } from "../covariance/kinds.ts";
import { localDensity } from "./gradient.ts";
import type { MixtureModel, Parameters } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/** A local maximum of a density. */
export interface Mode {
  /** Length d, in the units of the data. */
  readonly location: Float64Array;
  /** Natural-log density there. */
  readonly logDensity: number;
  /** The components from whose means the way up leads here. */
  readonly components: readonly number[];
  /** Whether the gradient vanished as far as rounding allows, within the steps that there are. */
  readonly converged: boolean;
}

const MOST_STEPS = 10_000;
/** Newton's method takes over once a step of the slow iteration is shorter than this, in standard deviations. */
const CLOSE = 1e-2;
/** Two ends are one mode when they are nearer than this, in standard deviations of the peak. */
const SAME = 1e-4;

/**
 * The modes of the density that are reached from the means of the components, highest first.
 *
 * From each mean with weight the fixed point of the gradient is iterated, x ← (Σ rₖ Σₖ⁻¹)⁻¹ Σ rₖ Σₖ⁻¹ μₖ, which never descends and for equal
 * spherical components is the mean shift; near a maximum Newton's method ends it. Ways that end at one point are merged. In several features a
 * mixture can have modes that no mean leads to; these are not found.
 *
 * @remarks O(k·d³) per step and mean; few steps unless a ridge is flat.
 * @see Carreira-Perpiñán, Mode-finding for mixtures of Gaussian distributions, IEEE Trans. PAMI 22 (2000)
 * @example
 * ```ts run
 * const apart = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[1]]],
 * });
 * modes(apart).map(({ components }) => components) // => [[0], [1]]
 * const close = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-0.5], [0.5]],
 *   covariances: [[[1]], [[1]]],
 * });
 * modes(close).map(({ components }) => components) // => [[0, 1]]
 * Math.abs(modes(close)[0]!.location[0]!) < 1e-12 // => true
 * ```
 */
export function modes(model: MixtureModel): Mode[] {
  const parameters = parametersOf(model, "modes");
  const { features: d, weights, means, type, covariances } = parameters;
  const shared = covarianceKind(type).shared ? precisionOf(covariances[0]!, d) : undefined;
  const precisions = covariances.map((covariance) => shared ?? precisionOf(covariance, d));
  const found: (Mode & { readonly components: number[]; readonly curvature: Float64Array })[] = [];
  for (const [k, weight] of weights.entries()) {
    if (weight === 0) continue;
    const { location, converged } = climb(parameters, precisions, means.slice(k * d, (k + 1) * d));
    const same = found.find((mode) => distance(mode.curvature, mode.location, location) < SAME);
    if (same !== undefined) same.components.push(k);
    else {
      const { logDensity, curvature } = curvatureAt(parameters, precisions, location);
      found.push({ location, logDensity, components: [k], converged, curvature });
    }
  }
  return found
    .toSorted((a, b) => b.logDensity - a.logDensity)
    .map(({ location, logDensity, components, converged }) => ({ location, logDensity, components, converged }));
}

function climb(
  parameters: Parameters,
  precisions: readonly Float64Array[],
  start: Float64Array,
): { location: Float64Array; converged: boolean } {
  const { features: d, count } = parameters;
  let x = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { responsibilities, gradient, curvature, logDensity } = curvatureAt(parameters, precisions, x);
    const metric = new Float64Array(d * d);
    for (let k = 0; k < count; k++) for (let at = 0; at < d * d; at++) metric[at]! += responsibilities[k]! * precisions[k]![at]!;
    // The fixed point is one step along the gradient, measured by the components' mean precision.
    const slow = solve(metric, gradient, d);
    // A precision that is singular up to rounding, or beyond the largest double, leads nowhere.
    if (slow === undefined) return { location: x, converged: gradient.every((value) => value === 0) };
    const length = Math.sqrt(Math.max(0, dot(slow, gradient)));
    if (length < 1e-14) return { location: x, converged: true };
    const newton = length < CLOSE ? solve(curvature, gradient, d) : undefined;
    const quick = newton && moved(x, newton);
    // Close to the top the rise is lost in rounding, so equal counts as not descending.
    const better = quick !== undefined && localDensity(parameters, quick).logDensity >= logDensity - 1e-14 * Math.abs(logDensity);
    const next = better ? quick : moved(x, slow);
    const far = Math.sqrt(Math.max(0, quadratic(metric, difference(next, x), d)));
    if (next.every((value, j) => value === x[j]) || (better && far < 1e-13)) return { location: next, converged: true };
    x = next;
  }
  return { location: x, converged: false };
}

/** Gradient g of the log-density and its negative second derivatives, Σ rₖ (Pₖ − uₖ uₖᵀ) + g gᵀ with uₖ = Pₖ(μₖ − x). */
function curvatureAt(parameters: Parameters, precisions: readonly Float64Array[], x: Float64Array) {
  const { features: d, count } = parameters;
  const { responsibilities, pulls, logDensity } = localDensity(parameters, x);
  const gradient = new Float64Array(d);
  for (let k = 0; k < count; k++)
    if (responsibilities[k]! > 0) for (let j = 0; j < d; j++) gradient[j]! += responsibilities[k]! * pulls[k * d + j]!;
  const curvature = new Float64Array(d * d);
  for (let k = 0; k < count; k++) {
    if (responsibilities[k] === 0) continue;
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) {
        const [u, v] = [pulls[k * d + i]! - gradient[i]!, pulls[k * d + j]! - gradient[j]!];
        curvature[i * d + j]! += responsibilities[k]! * (precisions[k]![i * d + j]! - u * v);
      }
  }
  return { responsibilities, gradient, curvature, logDensity };
}

function precisionOf(covariance: Float64Array, d: number): Float64Array {
  const whitening = whiteningOfCovariance(covariance, d);
  if (!whitening.ok) throw new Error("The covariance of a fitted mixture is positive definite.");
  return transposeTimesLower(whitening.factor, d);
}

/** Solves A s = b for a positive definite A; nothing where it is not. */
function solve(a: Float64Array, b: Float64Array, d: number): Float64Array | undefined {
  const result = cholesky(a, d);
  if (!result.ok) return undefined;
  const { factor } = result;
  const s = b.slice();
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) s[i]! -= factor[i * d + j]! * s[j]!;
    s[i]! /= factor[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let j = i + 1; j < d; j++) s[i]! -= factor[j * d + i]! * s[j]!;
    s[i]! /= factor[i * d + i]!;
  }
  return s;
}

/** How far apart two points are in standard deviations of a peak. */
function distance(curvature: Float64Array, a: Float64Array, b: Float64Array): number {
  return Math.sqrt(Math.max(0, quadratic(curvature, difference(a, b), a.length)));
}

function quadratic(matrix: Float64Array, x: Float64Array, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) sum += matrix[i * d + j]! * x[i]! * x[j]!;
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0);
}

function moved(x: Float64Array, step: Float64Array): Float64Array {
  return x.map((value, j) => value + step[j]!);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - b[j]!);
}
