import { greatestOf, normOf } from "@mixtura/core/internal";
import { cholesky } from "@mixtura/backend/internal/factors";
import type { Data, FitContext } from "@mixtura/core";
import type { CovarianceType } from "../covariance/kinds.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import { isDiagonal, variancesOfModel } from "../covariance/of-model.ts";
import { projectCovariances } from "../covariance/project.ts";
import { GaussianMixture } from "./estimator.ts";
import type { FittedGaussianMixture } from "./model.ts";
import type { RegCovar } from "../em/floors.ts";
import type { BackendChoice } from "./options.ts";

/** A Gaussian component with its weight: mean of length d, covariance d×d or its diagonal. */
interface Part {
  readonly weight: number;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** Each half of a standard normal number cut at 0 has its mean at √(2/π), so the cut takes this part of the variance. */
const CUT = 2 / Math.PI;

/** Steps of the power iteration: the axis need not be exact, as the cut is right for any. */
const POWER_STEPS = 60;

/** Most starts that are made from one mixture. */
const STARTS = 3;

/**
 * Starts with `nComponents` components, made from a mixture of fewer: again and again the component with the largest part of the spread,
 * mass × first principal variance, is cut in two at its mean, perpendicular to that principal axis. Both halves get the mean and the covariance
 * that the halves of a Gaussian have, so the mixture as a whole keeps its mean and covariance. Other starts begin with the next widest components.
 *
 * Axes and spreads are those of the rows that a component holds; where the covariance type keeps too little of them, one EM map of the model with
 * a wider type finds them. Features count in units of their overall standard deviation, or in those of the data where the type takes these to be
 * comparable. Where features are independent within a component an axis is one of them.
 *
 * @param options the options of the fit that are to hold for the map as well
 * @returns models to start from, of the same covariance type, the widest split first
 * @remarks Two passes over the rows where a wider type is needed ("tied", "spherical"), none otherwise; O(k·d²) memory.
 */
export async function splitStarts(
  model: FittedGaussianMixture,
  nComponents: number,
  X: Data,
  options: BackendChoice & { readonly regCovar?: RegCovar; readonly randomState: number },
  context: FitContext,
): Promise<FittedGaussianMixture[]> {
  const { covarianceType, featureNames, featureCount: d } = model;
  const spread = await spreadOf(model, X, options, context);
  const diagonal = isDiagonal(spread);
  const whole = partsOf(spread, diagonal);
  const scales = covarianceKind(covarianceType).comparesUnits ? new Float64Array(d).fill(1) : overallScales(whole, d, diagonal);
  return Array.from({ length: Math.min(STARTS, whole.length) }, (_, rank) => {
    let parts = splitWidest(whole, scales, diagonal, rank);
    while (parts.length < nComponents) parts = splitWidest(parts, scales, diagonal);
    return modelFrom(parts, covarianceType, featureNames);
  });
}

/**
 * Starts with one component fewer: two whose union, with their common mean and covariance, costs little by Runnalls' bound on the
 * Kullback–Leibler divergence, become one.
 *
 * @returns models to start from, of the same covariance type, the cheapest union first
 * @remarks O(k²·d³) time; no rows are needed.
 * @see Runnalls, Kullback–Leibler approach to Gaussian mixture reduction, IEEE Trans. Aerosp. Electron. Syst. 43 (2007)
 */
export function mergedStarts(model: FittedGaussianMixture): FittedGaussianMixture[] {
  const { covarianceType, featureNames, featureCount: d } = model;
  const parts = partsOf(model, false);
  const sizes = parts.map(({ covariance }) => logDeterminant(covariance, d));
  const unions: { readonly a: number; readonly b: number; readonly union: Part; readonly cost: number }[] = [];
  for (let a = 0; a < parts.length; a++) {
    for (let b = a + 1; b < parts.length; b++) {
      const union = unionOf(parts[a]!, parts[b]!);
      const cost = union.weight * logDeterminant(union.covariance, d) - parts[a]!.weight * sizes[a]! - parts[b]!.weight * sizes[b]!;
      unions.push({ a, b, union, cost });
    }
  }
  const cheapest = unions.toSorted((one, other) => one.cost - other.cost).slice(0, STARTS);
  return cheapest.map(({ a, b, union }) =>
    modelFrom(
      parts.flatMap((part, index) => (index === a ? [union] : index === b ? [] : [part])),
      covarianceType,
      featureNames,
    ),
  );
}

/** Two components as one, with the mean and the covariance of both together. */
function unionOf(a: Part, b: Part): Part {
  const weight = a.weight + b.weight;
  const fraction = weight > 0 ? b.weight / weight : 0.5;
  const d = a.mean.length;
  const difference = b.mean.map((value, j) => value - a.mean[j]!);
  return {
    weight,
    mean: a.mean.map((value, j) => value + fraction * difference[j]!),
    covariance: a.covariance.map(
      (value, at) =>
        (1 - fraction) * value +
        fraction * b.covariance[at]! +
        fraction * (1 - fraction) * difference[Math.floor(at / d)]! * difference[at % d]!,
    ),
  };
}

function logDeterminant(covariance: Float64Array, d: number): number {
  const result = cholesky(covariance, d);
  if (!result.ok) return -Infinity;
  let sum = 0;
  for (let i = 0; i < d; i++) sum += 2 * Math.log(result.factor[i * d + i]!);
  return sum;
}

function modelFrom(
  parts: readonly Part[],
  covarianceType: CovarianceType,
  featureNames: readonly string[] | undefined,
): FittedGaussianMixture {
  return GaussianMixture.fromParameters({
    weights: parts.map(({ weight }) => weight),
    means: parts.map(({ mean }) => mean),
    covariances: projectCovariances(
      covarianceType,
      parts.map(({ weight }) => weight),
      { features: parts[0]!.mean.length, blocks: parts.map(({ covariance }) => covariance) },
    ),
    covarianceType,
    ...(featureNames === undefined ? {} : { featureNames }),
  });
}

/** The mixture with the covariances that its components have by themselves. */
async function spreadOf(
  model: FittedGaussianMixture,
  X: Data,
  options: BackendChoice & { readonly regCovar?: RegCovar; readonly randomState: number },
  context: FitContext,
): Promise<FittedGaussianMixture> {
  const { covarianceType, nComponents } = model;
  const { wider } = covarianceKind(covarianceType);
  if (wider === covarianceType) return model;
  return new GaussianMixture({ ...options, nComponents, covarianceType: wider, init: model, tol: 0, maxIter: 1 }).fit(X, context);
}

function partsOf(model: FittedGaussianMixture, diagonal: boolean): Part[] {
  const { weights, means, featureCount: d } = model;
  const covariances = diagonal ? variancesOfModel(model) : Array.from(weights, (_, k) => model.covariance(k).data);
  return Array.from(weights, (weight, k) => ({ weight, mean: means.data.slice(k * d, (k + 1) * d), covariance: covariances[k]! }));
}

/** Overall standard deviation of each feature under the mixture; 1 for a feature without spread. */
function overallScales(parts: readonly Part[], d: number, diagonal: boolean): Float64Array {
  return Float64Array.from({ length: d }, (_, j) => {
    const mean = parts.reduce((sum, part) => sum + part.weight * part.mean[j]!, 0);
    const own = (part: Part): number => part.covariance[diagonal ? j : j * (d + 1)]!;
    const variance = parts.reduce((sum, part) => sum + part.weight * (own(part) + (part.mean[j]! - mean) ** 2), 0);
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
}

/** The parts with the widest one, or the one of a later rank, cut in two; the halves stand where it stood and at the end. */
function splitWidest(parts: readonly Part[], scales: Float64Array, diagonal: boolean, rank = 0): Part[] {
  const axes = parts.map(({ covariance }) => (diagonal ? widestFeature(covariance, scales) : principalAxis(covariance, scales)));
  const width = (k: number): number => parts[k]!.weight * axes[k]!.variance;
  const widest = Array.from(parts.keys()).toSorted((a, b) => width(b) - width(a) || a - b)[rank]!;
  const { weight, mean, covariance } = parts[widest]!;
  const { shift } = axes[widest]!;
  const d = mean.length;
  const left = covariance.slice();
  if (diagonal) shift.forEach((value, j) => (left[j]! -= value * value));
  else for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) left[i * d + j]! -= shift[i]! * shift[j]!;
  const half = (sign: number): Part => ({
    weight: weight / 2,
    mean: mean.map((value, j) => value + sign * shift[j]!),
    covariance: left,
  });
  return [...parts.map((part, k) => (k === widest ? half(-1) : part)), half(1)];
}

interface Axis {
  /** Variance along the axis, features in units of their scales. */
  readonly variance: number;
  /** How far the halves' means move, in units of the data: √(2/π) Σv / √(vᵀΣv). Its outer product is what the cut takes from the covariance. */
  readonly shift: Float64Array;
}

function widestFeature(variances: Float64Array, scales: Float64Array): Axis {
  let widest = 0;
  const scaled = variances.map((variance, j) => variance / scales[j]! ** 2);
  for (let j = 1; j < scaled.length; j++) if (scaled[j]! > scaled[widest]!) widest = j;
  const shift = new Float64Array(variances.length);
  shift[widest] = Math.sqrt(CUT * variances[widest]!);
  return { variance: scaled[widest]!, shift };
}

/** The first principal axis by power iteration, from the longest column. */
function principalAxis(covariance: Float64Array, scales: Float64Array): Axis {
  const d = scales.length;
  const scaled = covariance.map((value, at) => value / (scales[Math.floor(at / d)]! * scales[at % d]!));
  const times = (v: Float64Array): Float64Array =>
    Float64Array.from({ length: d }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += scaled[i * d + j]! * v[j]!;
      return sum;
    });
  const lengths = Array.from({ length: d }, (_, i) => normOf(scaled.subarray(i * d, (i + 1) * d)));
  const longest = lengths.indexOf(greatestOf(lengths));
  let axis = unit(scaled.slice(longest * d, (longest + 1) * d));
  for (let step = 0; step < POWER_STEPS; step++) axis = unit(times(axis));
  const image = times(axis);
  const variance = axis.reduce((sum, value, j) => sum + value * image[j]!, 0);
  const factor = variance > 0 ? Math.sqrt(CUT / variance) : 0;
  return { variance, shift: image.map((value, j) => value * factor * scales[j]!) };
}

function unit(v: Float64Array): Float64Array {
  const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? v.map((value) => value / length) : v;
}
