import type { Axis } from "../axis/axis.ts";
import type { Components } from "../input/components.ts";

/** A component seen in one feature: mean and standard deviation in pixels along the axis. */
export interface LineGaussian {
  readonly component: number;
  readonly weight: number;
  readonly at: number;
  readonly sd: number;
}

/** Components narrower than this many pixels are drawn as if this wide. */
const NEEDLE = 0.5;

/** The marginal of each component in one feature, placed by the axis. */
export function lineGaussians(components: Components, feature: number, axis: Axis): LineGaussian[] {
  const { features: d, means, covariances, weights } = components;
  return covariances.map((covariance, component) => ({
    component,
    weight: weights[component]!,
    at: axis.position(means[component * d + feature]!),
    sd: Math.hypot(axis.length(Math.sqrt(covariance[feature * d + feature]!)), NEEDLE),
  }));
}

/** Weighted density of a component at a pixel, per pixel. */
export function weightedDensity({ weight, at, sd }: LineGaussian, pixel: number): number {
  return ((weight / sd) * Math.exp(-(((pixel - at) / sd) ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Beyond this many σ a curve lies on the axis. */
const REACH = 4.5;

/** A curve as pixels along and density per pixel. */
export type Curve = readonly (readonly [pixel: number, density: number])[];

/** The curve of one component where it can be seen, at most `step` pixels and σ/3 apart. */
export function componentCurve(gaussian: LineGaussian, from: number, to: number, step: number): Curve {
  const reach = REACH * gaussian.sd;
  return steps(Math.max(from, gaussian.at - reach), Math.min(to, gaussian.at + reach), Math.min(step, gaussian.sd / 3)).map((pixel) => [
    pixel,
    weightedDensity(gaussian, pixel),
  ]);
}

/** The sum of all curves, finer about components that are narrow. */
export function totalCurve(gaussians: readonly LineGaussian[], from: number, to: number, step: number): Curve {
  const narrow = gaussians.filter(({ weight, sd }) => weight > 0 && sd < 3 * step);
  const close = narrow.slice(0, MOST_NARROW).flatMap(({ at, sd }) => steps(at - REACH * sd, at + REACH * sd, sd / 3));
  const pixels = [...steps(from, to, step), ...close].filter((pixel) => pixel >= from && pixel <= to).toSorted((a, b) => a - b);
  return pixels.map((pixel) => [pixel, gaussians.reduce((sum, gaussian) => sum + weightedDensity(gaussian, pixel), 0)]);
}

/** With more narrow components than this the picture is full of needles anyway. */
const MOST_NARROW = 50;

/** Equal steps from one pixel to another, both included; none when they are in the wrong order. */
function steps(from: number, to: number, step: number): number[] {
  if (!(to > from)) return [];
  const count = Math.ceil((to - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);
}
