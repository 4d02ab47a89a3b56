import type { Axis } from "../axis/axis.ts";
import type { Components, Densities } from "../input/components.ts";

/** A component seen in one feature: mean and standard deviation in pixels along the axis. */
export interface LineGaussian {
  readonly component: number;
  readonly weight: number;
  readonly at: number;
  readonly sd: number;
}

/** The weighted curve of a component, with its highest point. */
interface ComponentCurve {
  readonly component: number;
  readonly weight: number;
  readonly curve: Curve;
  readonly peak: readonly [pixel: number, density: number];
}

/** Curves of all components and of their sum. */
export interface MixtureCurves {
  readonly components: readonly ComponentCurve[];
  readonly total: Curve;
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
function weightedDensity({ weight, at, sd }: LineGaussian, pixel: number): number {
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

/** The curves of Gaussian components in one feature. */
export function gaussianCurves(components: Components, feature: number, axis: Axis, from: number, to: number, step: number): MixtureCurves {
  const gaussians = lineGaussians(components, feature, axis);
  return {
    components: gaussians.map((gaussian) => ({
      component: gaussian.component,
      weight: gaussian.weight,
      curve: componentCurve(gaussian, from, to, step),
      peak: [gaussian.at, weightedDensity(gaussian, gaussian.at)],
    })),
    total: totalCurve(gaussians, from, to, step),
  };
}

/** The curves of components of one feature that may have any density, by its value at every step. */
export function densityCurves(densities: Densities, axis: Axis, from: number, to: number, step: number): MixtureCurves {
  const unitsPerPixel = ((axis.high - axis.low) * axis.scale) / Math.abs(axis.to - axis.from);
  const pixels = steps(from, to, densities.counting ? Math.min(step, 1 / unitsPerPixel / COUNT_STEPS) : step);
  const points = pixels.map((pixel) => {
    const value = (axis.low + ((axis.high - axis.low) * (pixel - axis.from)) / (axis.to - axis.from)) * axis.scale;
    return [densities.counting ? Math.round(value) : value];
  });
  const components = Array.from(densities.weights, (weight, component): ComponentCurve => {
    const curve = points.map(
      (point, at) => [pixels[at]!, weight * Math.exp(densities.logDensity(component, point)) * unitsPerPixel] as const,
    );
    const peak = curve.reduce((highest, point) => (point[1] > highest[1] ? point : highest), [from, 0] as const);
    return { component, weight, curve, peak };
  });
  return { components, total: pixels.map((pixel, at) => [pixel, components.reduce((sum, { curve }) => sum + curve[at]![1], 0)]) };
}

/** Points at which a step of a whole number is drawn, so that its sides are steep. */
const COUNT_STEPS = 8;

/** Equal steps from one pixel to another, both included; none when they are in the wrong order. */
function steps(from: number, to: number, step: number): number[] {
  if (!(to > from)) return [];
  const count = Math.ceil((to - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);
}
