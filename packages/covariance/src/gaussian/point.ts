import type { PointLike } from "@mixtura/core";
import { pointReader } from "@mixtura/core/authoring";
import type { Ellipse } from "./ellipse.ts";

/** Synchronous answers about one point, for request paths: nothing is allocated. O(d²) per call. */
export interface EllipsePoint {
  /** The squared distance that `mahalanobis` would give. Throws `invalid-shape` or `not-finite`. */
  readonly squaredMahalanobis: (x: PointLike) => number;
  /** Writes the squared distance to `out[0]` and returns `out`: for callers that pass it on, so that it is never put on the heap. */
  readonly writeSquaredMahalanobis: (x: PointLike, out: Float64Array) => Float64Array;
  /** The natural-log density that `scoreSamples` would give. */
  readonly logDensity: (x: PointLike) => number;
}

/**
 * Point methods of an ellipse.
 *
 * @param names of the features, by which points may be given, where there are any
 * @example
 * ```ts run
 * const ellipse = createEllipse({
 *   location: Float64Array.of(1, 2),
 *   covariance: Float64Array.of(4, 0, 0, 1),
 * })!;
 * ellipsePoint(ellipse).squaredMahalanobis([3, 2]) // => 1
 * ellipsePoint(ellipse).logDensity([1, 2]) // ≈ -Math.log(4 * Math.PI)
 * ```
 */
export function ellipsePoint({ features, location, whitening, logOffset }: Ellipse, names?: readonly string[]): EllipsePoint {
  const read = pointReader(features, names);
  const difference = new Float64Array(features);
  const distance = new Float64Array(1);
  const writeSquaredMahalanobis = (x: PointLike, out: Float64Array): Float64Array => {
    const point = read(x);
    let sum = 0;
    for (let i = 0, at = 0; i < features; i++, at += features - i) {
      difference[i] = point[i]! - location[i]!;
      let y = 0;
      for (let j = 0; j <= i; j++, at++) y += whitening[at]! * difference[j]!;
      sum += y * y;
    }
    // Beyond the range of doubles one infinite coordinate may have been taken from another.
    out[0] = sum < Infinity ? sum : Infinity;
    return out;
  };
  const squaredMahalanobis = (x: PointLike): number => writeSquaredMahalanobis(x, distance)[0]!;
  return Object.freeze({
    squaredMahalanobis,
    writeSquaredMahalanobis,
    logDensity: (x: PointLike) => logOffset - 0.5 * squaredMahalanobis(x),
  });
}
