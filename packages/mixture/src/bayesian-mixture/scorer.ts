import type { BatchWork } from "@mixtura/backend/batch";

/** Answers about many rows. */
export interface Scorer {
  labels(batch: BatchWork): Promise<Int32Array>;
  /** n×k */
  responsibilities(batch: BatchWork): Promise<Float64Array>;
  logDensities(batch: BatchWork): Promise<Float64Array>;
  /** The mean log-density, weighted where rows are. */
  score(batch: BatchWork): Promise<number>;
}

/** The kernels' own answers, for components whose terms are −½ times a squared distance and an offset. */
export const gaussianScorer: Scorer = {
  labels: ({ kernels, handle, components, pace }) => kernels.labels(handle, components, { pace }),
  responsibilities: ({ kernels, handle, components, pace }) => kernels.responsibilities(handle, components, { pace }),
  logDensities: ({ kernels, handle, components, pace }) => kernels.logDensities(handle, components, { pace }),
  async score({ kernels, handle, components, rowWeights, pace }) {
    const options = { rowWeights, centres: components.means, scatter: "none", assignment: "soft", pace } as const;
    const { logLikelihood, weight } = await kernels.expectation(handle, components, options);
    return logLikelihood / weight;
  },
};
