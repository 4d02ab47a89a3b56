import type { Axis } from "../axis/axis.ts";
import type { Components } from "../input/components.ts";

/** A component seen in two features, in pixels of a picture: all that ellipses and densities need. */
export interface PlaneGaussian {
  readonly component: number;
  readonly weight: number;
  readonly x: number;
  readonly y: number;
  /** Standard deviations along the axes. */
  readonly sdX: number;
  readonly sdY: number;
  /** Correlation as seen on the screen, where y grows downwards. */
  readonly correlation: number;
}

/** The marginal of each component in features `a` (across) and `b` (up), placed by the axes. Closed form: rows and columns are picked. */
export function planeGaussians(components: Components, a: number, b: number, x: Axis, y: Axis): PlaneGaussian[] {
  const { features: d, means, covariances, weights } = components;
  return covariances.map((covariance, component) => {
    const sdA = Math.sqrt(covariance[a * d + a]!);
    const sdB = Math.sqrt(covariance[b * d + b]!);
    const correlation = sdA === 0 || sdB === 0 ? 0 : covariance[a * d + b]! / sdA / sdB;
    const flips = Math.sign(x.to - x.from) * Math.sign(y.to - y.from);
    return {
      component,
      weight: weights[component]!,
      x: x.position(means[component * d + a]!),
      y: y.position(means[component * d + b]!),
      sdX: x.length(sdA),
      sdY: y.length(sdB),
      correlation: flips * Math.max(-1, Math.min(1, correlation)),
    };
  });
}

/** An ellipse: half axes in pixels and the turn of the first one in degrees. */
export interface Ellipse {
  readonly major: number;
  readonly minor: number;
  readonly degrees: number;
}

/** The 1σ ellipse: points at Mahalanobis distance 1, by the closed form of a 2×2 eigenproblem. */
export function ellipseOf({ sdX, sdY, correlation }: PlaneGaussian): Ellipse {
  const size = Math.max(sdX, sdY);
  if (size === 0) return { major: 0, minor: 0, degrees: 0 };
  const a = (sdX / size) ** 2;
  const c = (sdY / size) ** 2;
  const b = correlation * (sdX / size) * (sdY / size);
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b);
  return {
    major: size * Math.sqrt(middle + spread),
    minor: size * Math.sqrt(Math.max(0, middle - spread)),
    degrees: (Math.atan2(2 * b, a - c) / 2) * (180 / Math.PI),
  };
}
