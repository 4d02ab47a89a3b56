import { FLAT_FRACTION, flooredEllipse } from "../../gaussian/ellipse.ts";
import type { Optimum } from "./concentrate.ts";
import type { Shape } from "./sample.ts";

/** The whitening factor of any covariance, in standardised coordinates: where it has none, variances get a floor. */
export function flooredWhitening(location: Float64Array, covariance: Float64Array): Float64Array {
  const scales = location.map((_, j) => {
    const variance = covariance[j * (location.length + 1)]!;
    return variance > FLAT_FRACTION ? variance : 1;
  });
  return flooredEllipse({ location, covariance }, scales).whitening;
}

/** An optimum's ellipsoid; a flat one gets a floor. */
export function shapeOf({ location, whitening, covariance, distances }: Optimum): Shape {
  return { location, whitening: distances === undefined ? flooredWhitening(location, covariance) : whitening };
}
