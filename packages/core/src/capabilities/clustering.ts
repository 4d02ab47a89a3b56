import type { FittedModel } from "../estimator.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { BatchContext } from "./batch-context.ts";
import { member } from "./density.ts";

/** A model that assigns rows to groups. */
export interface Clustering extends FittedModel {
  /** How many labels there are: they run from 0 to `labelCount − 1`. */
  readonly labelCount: number;
  /** Centres of the groups, labelCount×d, where groups have centres. */
  readonly clusterCenters?: Matrix;
  /** Σ w ‖x − nearest centre‖² over the training rows. */
  readonly inertia?: number;
  /** The label of each row; −1 for rows that belong to no group, where the model knows such rows. */
  predict(X: MatrixLike, context?: BatchContext): Promise<Int32Array>;
  /** The responsibility of each label for each row, n×labelCount; rows sum to 1. */
  predictProba?(X: MatrixLike, context?: BatchContext): Promise<Matrix>;
}

/**
 * Whether a model assigns rows to groups.
 *
 * @example
 * ```ts run
 * isClustering(await new KMeans({ nClusters: 1 }).fit([[0], [1]]))
 * // => true
 * isClustering(await new ECOD().fit([[0], [1], [2]])) // => false
 * ```
 */
export function isClustering(model: unknown): model is Clustering {
  return typeof member(model, "labelCount") === "number" && typeof member(model, "predict") === "function";
}
