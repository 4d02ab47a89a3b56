import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { RadialPart } from "./radials/table.ts";
import { shapes } from "./shapes/table.ts";
import type { ShapeName } from "./shapes/table.ts";

/**
 * The components of a pass, in the coordinates of the data they meet.
 *
 * The log-density of row x under component k is `logOffsets[k] − ½ ‖Wₖ (x − μₖ)‖²`, where W is the inverse Cholesky factor of the
 * covariance, so neither an inverse nor a determinant is formed. A radial part puts another function of the squared distance in the place of −½ q.
 */
export interface GaussianComponents {
  /** k */
  readonly count: number;
  /** d */
  readonly features: number;
  /** k×d, row-major. */
  readonly means: Float64Array;
  /** What a whitening factor is: a lower triangle (d×d row-major, zeros above), a diagonal (d) or one number. */
  readonly shape: ShapeName;
  /** Whether all components share the one factor that `whitening` then holds. */
  readonly shared: boolean;
  /** The factors, one after the other. */
  readonly whitening: Float64Array;
  /** log weight − ½ d log 2π + log det W; −Infinity for a component of weight 0. Length k. */
  readonly logOffsets: Float64Array;
  /** How densities fall with the distance; absent for Gaussians. The log-offsets then hold the normaliser of that density. */
  readonly radial?: RadialPart;
}

/**
 * Numbers in one whitening factor of a shape.
 *
 * @example
 * ```ts run
 * factorSize("full", 3) // => 9
 * factorSize("diag", 3) // => 3
 * factorSize("spherical", 3) // => 1
 * ```
 */
export function factorSize(shape: ShapeName, features: number): number {
  const [rows, columns] = shapes[shape].dimensions(features);
  return rows * columns;
}

/**
 * log det W of component k, which is Σ log of the factor's diagonal.
 *
 * @example
 * ```ts run
 * const components = {
 *   shape: "diag",
 *   shared: true,
 *   features: 2,
 *   whitening: Float64Array.of(2, 4),
 * } as const;
 * logDeterminant(components, 0) // ≈ Math.log(8)
 * ```
 */
export function logDeterminant(components: Pick<GaussianComponents, "shape" | "shared" | "whitening" | "features">, k: number): number {
  const { shape, shared, whitening, features } = components;
  return shapes[shape].logDeterminant(whitening, shared ? 0 : k * factorSize(shape, features), features);
}

/**
 * Components with log-offsets worked out from weights, −Infinity for a weight of 0. Numbers are taken as they are: a negative weight has no logarithm.
 *
 * @throws MixturaError `invalid-shape`
 * @example
 * ```ts run
 * const components = gaussianComponents({
 *   weights: Float64Array.of(0.5, 0.5),
 *   means: Float64Array.of(0, 10),
 *   shape: "spherical",
 *   shared: true,
 *   whitening: Float64Array.of(1),
 * });
 * components.logOffsets[0]
 * // ≈ Math.log(0.5) - 0.5 * Math.log(2 * Math.PI)
 * ```
 */
export function gaussianComponents(
  parts: Omit<GaussianComponents, "logOffsets" | "count" | "features" | "radial"> & { readonly weights: Float64Array },
): GaussianComponents {
  const { weights, means, shape, shared, whitening } = Object(parts) as typeof parts;
  const count = lengthOf(weights);
  const features = checkedFeatures(lengthOf(means) / count, shape, whitening, shared ? 1 : count);
  const normaliser = 0.5 * features * Math.log(2 * Math.PI);
  const logOffsets = new Float64Array(count);
  for (let k = 0; k < count; k++)
    logOffsets[k] = Math.log(weights[k]!) - normaliser + logDeterminant({ shape, shared, whitening, features }, k);
  return { count, features, means, shape, shared, whitening, logOffsets };
}

/** Zero for what has no length, so that no number of features follows from it. */
function lengthOf(list: Float64Array | undefined): number {
  return list instanceof Float64Array ? list.length : 0;
}

/** Memory is taken and loops run by these sizes, whoever gave them. */
function checkedFeatures(features: number, shape: ShapeName, whitening: Float64Array, factors: number): number {
  const isSized = Number.isInteger(features) && features >= 1 && typeof shape === "string" && Object.hasOwn(shapes, shape);
  if (isSized && lengthOf(whitening) === factors * factorSize(shape, features)) return features;
  const found = `${show(features)} features of shape ${show(shape)}`;
  throw new MixturaError("invalid-shape", `Components need k×d means and whole factors, found ${found}.`, { expected: "k×d means", found });
}

/** A way to measure distances: one whitening factor for all centroids. Absent, distances are Euclidean. */
export type Metric = Pick<GaussianComponents, "shape" | "whitening">;

/**
 * Components whose likeliest one is the nearest centroid. Their log-offsets are 0: terms are −½ times squared distances, and no log-densities.
 *
 * @example
 * ```ts run
 * const data = await referenceBackend.upload(
 *   matrix(Float64Array.of(1, 9), 2, 1),
 * );
 * await referenceBackend.kernels.labels(
 *   data,
 *   centroidComponents(Float64Array.of(0, 10), 2),
 * ) // => [0, 1]
 * ```
 */
export function centroidComponents(
  centroids: Float64Array,
  count: number,
  metric: Metric = { shape: "spherical", whitening: Float64Array.of(1) },
): GaussianComponents {
  const { shape, whitening } = Object(metric) as Metric;
  const features = typeof count === "number" ? lengthOf(centroids) / count : NaN;
  return {
    count,
    features: checkedFeatures(features, shape, whitening, 1),
    means: centroids,
    shape,
    shared: true,
    whitening,
    logOffsets: new Float64Array(count),
  };
}
