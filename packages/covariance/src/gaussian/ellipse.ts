import type { GaussianComponents } from "@mixtura/backend";
import { gaussianComponents, whitenCovariance } from "@mixtura/backend/internal/factors";

/**
 * A location and a covariance, ready for distances: the Gaussian part of every model of this package, robust or not.
 *
 * `covariance` is what the estimator's definition says, even where it has no inverse. Distances, densities and draws use covariance + diag(floor),
 * whose inverse Cholesky factor W is `whitening`: squared distance ‖W (x − location)‖², log-density logOffset − ½ of it.
 */
export interface Ellipse {
  readonly features: number;
  /** Length d, in the units of the data. */
  readonly location: Float64Array;
  /** d×d, symmetric. */
  readonly covariance: Float64Array;
  /** Added to the variances; absent where the covariance is positive definite without it, as it nearly always is. Length d. */
  readonly floor?: Float64Array;
  /** d×d, lower triangular. */
  readonly whitening: Float64Array;
  /** −½ d log 2π + log det W. */
  readonly logOffset: number;
  /** The same as the kernels of a backend take it, in the data's own coordinates: one component of weight 1. */
  readonly components: GaussianComponents;
}

/** What an ellipse is made from. */
export type EllipseParts = Pick<Ellipse, "location" | "covariance" | "floor">;

/**
 * The ellipse of a location and a covariance; nothing where covariance + diag(floor) is not positive definite. Arrays are kept, not copied.
 *
 * @remarks O(d³). Deterministic: a model read from its JSON has the bits of the one that was written.
 * @example
 * ```ts run
 * const ellipse = createEllipse({
 *   location: Float64Array.of(1, 2),
 *   covariance: Float64Array.of(4, 0, 0, 1),
 * });
 * ellipse?.whitening // => [0.5, 0, 0, 1]
 * createEllipse({
 *   location: Float64Array.of(1, 2),
 *   covariance: Float64Array.of(4, 2, 2, 1),
 * }) // => undefined
 * ```
 */
export function createEllipse({ location, covariance, floor }: EllipseParts): Ellipse | undefined {
  const features = location.length;
  const whitening = whiteningOf(covariance, floor);
  if (whitening === undefined) return undefined;
  const components = gaussianComponents({ weights: Float64Array.of(1), means: location, shape: "full", shared: true, whitening });
  const logOffset = components.logOffsets[0]!;
  return { features, location, covariance, ...(floor === undefined ? {} : { floor }), whitening, logOffset, components };
}

/**
 * Spread below this fraction of a feature's variance counts as none: about a thousand times what the rounding of sums leaves in a direction in which the
 * rows do not differ.
 */
export const FLAT_FRACTION = 1e-12;

/**
 * The ellipse of the covariance that a fit found: where it has no Cholesky factor, or one of rounding errors only, variances get a floor
 * of {@link FLAT_FRACTION} of `scales`: first those of features without spread alone, and if that is not enough those of all.
 *
 * The judge is Σⱼ scaleⱼ · precisionⱼⱼ, which is the sum of 1 / eigenvalue in units of the scales: it bounds the smallest one without finding it.
 *
 * @param scales a variance for each feature that a spread is small or large against, > 0; `featureScales` of `@mixtura/backend/rows`
 * @remarks O(d³); the covariance itself is left as it is.
 * @example
 * ```ts run
 * const flat = flooredEllipse(
 *   {
 *     location: Float64Array.of(0, 0),
 *     covariance: Float64Array.of(4, 0, 0, 0),
 *   },
 *   Float64Array.of(4, 4),
 * );
 * flat.floor // => Float64Array.of(0, 4e-12)
 * flat.covariance // => Float64Array.of(4, 0, 0, 0)
 * ```
 */
export function flooredEllipse(parts: Omit<EllipseParts, "floor">, scales: Float64Array): Ellipse {
  const { location, covariance } = parts;
  const d = location.length;
  const isFlat = (j: number): boolean => !(covariance[j * d + j]! > FLAT_FRACTION * scales[j]!);
  const floors = [undefined, scales.map((scale, j) => (isFlat(j) ? FLAT_FRACTION * scale : 0))];
  for (let fraction = FLAT_FRACTION; fraction < 1e3; fraction *= 10) floors.push(scales.map((scale) => fraction * scale));
  for (const floor of floors) {
    const ellipse = createEllipse({ ...parts, ...(floor === undefined ? {} : { floor }) });
    if (ellipse !== undefined && isFirm(ellipse, scales)) return ellipse;
  }
  throw new RangeError("a finite covariance is positive definite once its variances are a thousand times as large");
}

/** Whether no direction has less spread than this fraction, except those that a floor raised to it. */
function isFirm({ features: d, whitening, floor = new Float64Array(0) }: Ellipse, scales: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) sum += scales[j]! * whitening[i * d + j]! ** 2;
  return sum * FLAT_FRACTION <= 1 + floor.filter((value) => value > 0).length;
}

function whiteningOf(covariance: Float64Array, floor: Float64Array | undefined): Float64Array | undefined {
  const d = Math.sqrt(covariance.length);
  const raised = floor === undefined ? covariance : covariance.slice();
  floor?.forEach((value, j) => (raised[j * (d + 1)]! += value));
  const whitening = new Float64Array(d * d);
  return whitenCovariance(raised, 0, whitening, 0, d) === undefined ? whitening : undefined;
}
