import type { Backend } from "@mixtura/backend";
import type { Pace } from "@mixtura/core/authoring";
import type { Case } from "./fixtures.ts";

/** A call of one kernel with every argument it takes, and its numbers in a row. */
export type KernelCall = (backend: Backend, handle: unknown, item: Case, pace?: Pace) => Promise<number[]>;

const numbersOf = ({
  s0,
  s1,
  S2,
  logLikelihood,
  livePairs,
}: {
  s0: Float64Array;
  s1: Float64Array;
  S2: Float64Array;
  logLikelihood: number;
  livePairs: number;
}): number[] => [...s0, ...s1, ...S2, logLikelihood, livePairs];

const paced = (pace: Pace | undefined): { pace?: Pace } => (pace === undefined ? {} : { pace });

/** Every kernel of the contract, for the laws that hold of all alike. */
export const EVERY_KERNEL: Readonly<Record<string, KernelCall>> = {
  expectation: async (backend, handle, { components, centres, rowWeights }, pace) =>
    numbersOf(
      await backend.kernels.expectation(handle, components, { centres, rowWeights, scatter: "full", assignment: "soft", ...paced(pace) }),
    ),
  "hard expectation": async (backend, handle, { components, centres, rowWeights }, pace) =>
    numbersOf(
      await backend.kernels.expectation(handle, components, { centres, rowWeights, scatter: "diag", assignment: "hard", ...paced(pace) }),
    ),
  moments: async (backend, handle, { labels, centres, rowWeights }, pace) =>
    numbersOf(await backend.kernels.moments(handle, { labels, centres, rowWeights, scatter: "full", ...paced(pace) })),
  logDensities: async (backend, handle, { components }, pace) => [...(await backend.kernels.logDensities(handle, components, paced(pace)))],
  responsibilities: async (backend, handle, { components }, pace) => [
    ...(await backend.kernels.responsibilities(handle, components, paced(pace))),
  ],
  labels: async (backend, handle, { components }, pace) => [...(await backend.kernels.labels(handle, components, paced(pace)))],
  squaredMahalanobis: async (backend, handle, { components }, pace) => [
    ...(await backend.kernels.squaredMahalanobis(handle, components, paced(pace))),
  ],
  potentials: async (backend, handle, { components, potentials, rowWeights }, pace) => [
    ...(await backend.kernels.potentials(handle, components, { potentials, rowWeights, ...paced(pace) })),
  ],
  nearestCentroid: async (backend, handle, { components }, pace) => {
    const { labels, squaredDistances } = await backend.kernels.nearestCentroid(handle, components.means, paced(pace));
    return [...labels, ...squaredDistances];
  },
};
