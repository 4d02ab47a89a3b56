import type { GaussianComponents } from "./components.ts";
import type { GaussianKernels } from "./contract.ts";
import type { RadialName } from "./radials/table.ts";
import type { Scatter } from "./scatters/table.ts";
import type { ShapeName } from "./shapes/table.ts";

/** What a backend's own kernels compute with; the derived kernels serve everything that is not listed. */
export interface Accelerated {
  readonly shapes: readonly ShapeName[];
  readonly scatters: readonly Scatter[];
  readonly radials: readonly RadialName[];
}

/** Whether a backend's own kernels serve a call with these components and this scatter. */
function isAccelerated(
  { shapes, scatters, radials }: Accelerated,
  components: Pick<GaussianComponents, "shape" | "radial"> | undefined,
  scatter?: Scatter,
): boolean {
  if (scatter !== undefined && !scatters.includes(scatter)) return false;
  return components === undefined || (shapes.includes(components.shape) && radials.includes(components.radial?.name ?? "gaussian"));
}

/** Kernels that take every call they list, and hand the rest on to others. */
export function routeKernels<H>(own: GaussianKernels<H>, accelerates: Accelerated, others: GaussianKernels<H>): GaussianKernels<H> {
  const shapeOf = ({ shape }: GaussianComponents): Pick<GaussianComponents, "shape"> => ({ shape });
  const serving = (components?: Pick<GaussianComponents, "shape" | "radial">, scatter?: Scatter): GaussianKernels<H> =>
    isAccelerated(accelerates, components, scatter) ? own : others;
  return {
    expectation: (data, components, options) => serving(components, options.scatter).expectation(data, components, options),
    moments: (data, options) => serving(undefined, options.scatter).moments(data, options),
    logDensities: (data, components, options) => serving(components).logDensities(data, components, options),
    responsibilities: (data, components, options) => serving(components).responsibilities(data, components, options),
    labels: (data, components, options) => serving(components).labels(data, components, options),
    // Distances know of no radial part.
    squaredMahalanobis: (data, components, options) => serving(shapeOf(components)).squaredMahalanobis(data, components, options),
    potentials: (data, candidates, options) => serving(shapeOf(candidates)).potentials(data, candidates, options),
    nearestCentroid: (data, centroids, options) => own.nearestCentroid(data, centroids, options),
  };
}
