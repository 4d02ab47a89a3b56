import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { FitContext, MatrixLike } from "@mixtura/core";
import { kMeansStates } from "./fit.ts";
import { FittedKMeans, K_MEANS } from "./model.ts";
import type { KMeansOptions } from "./options.ts";
import { kMeansOptions } from "./options.ts";

/**
 * K-means clustering by Lloyd's algorithm from greedy k-means++ starts.
 *
 * Distances are taken on the data as it is: bring features to a common scale first, or use a GaussianMixture, which does so itself.
 *
 * @example
 * ```ts run
 * const model = await new KMeans({ nClusters: 2, randomState: 1 }).fit(
 *   [[0], [1], [10], [11]],
 * );
 * model.inertia // => 1
 * ```
 * @remarks A cluster that loses its rows is put on the row farthest from its centre, and reported in `trace.diagnostics`. The bound of a step is minus
 * the inertia per unit of weight, before it. O(n·k·d) time per iteration; one centred copy of the data and O(n) numbers.
 * @see Lloyd, Least squares quantization in PCM (1982); Arthur & Vassilvitskii, k-means++ (2007)
 */
export class KMeans extends defineBackendEstimator<KMeansOptions, typeof kMeansOptions, FittedKMeans>({
  type: K_MEANS,
  summary: "Hard clustering around k centres of least squared distance.",
  capabilities: ["clustering", "weights", "blocks", "steps"],
  options: kMeansOptions,
  states: kMeansStates,
  revive: (json) => FittedKMeans.fromJSON(json),
}) {
  /** Fits the clusters and labels the same rows. */
  async fitPredict(X: MatrixLike, context?: FitContext): Promise<{ model: FittedKMeans; labels: Int32Array }> {
    const model = await this.fit(X, context);
    return { model, labels: await model.predict(X, context) };
  }
}
