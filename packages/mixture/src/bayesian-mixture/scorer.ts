import type { BatchWork } from "@mixtura/backend/internal/rows";

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
  labels: ({ rows, components }) => rows.labels(components),
  responsibilities: ({ rows, components }) => rows.responsibilities(components),
  logDensities: ({ rows, components }) => rows.logDensities(components),
  async score({ rows, components }) {
    const { logLikelihood, weight } = await rows.expectation(components, { scatter: "none" });
    return logLikelihood / weight;
  },
};
