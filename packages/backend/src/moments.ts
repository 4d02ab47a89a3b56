/** Which second moments a pass returns: a full matrix per component, one matrix pooled over all, a diagonal, a trace, or none. */
export type Scatter = "full" | "pooled" | "diag" | "spherical" | "none";

/**
 * What a pass over rows returns. Moments of two sets of rows about the same centres add up (`mergeMoments`): threads, blocks,
 * engines and retries are all that one operation.
 */
export interface Moments {
  readonly scatter: Scatter;
  /** k */
  readonly count: number;
  /** d */
  readonly features: number;
  /** What first and second moments are about, k×d. */
  readonly centres: Float64Array;
  /** Mass per component, Σ w r. Length k. */
  readonly s0: Float64Array;
  /** First moments, Σ w r (x − c), k×d. */
  readonly s1: Float64Array;
  /**
   * Second moments, Σ w r (x − c)(x − c)ᵀ: k×d×d for "full" and d×d for "pooled" (both symmetric), the k×d diagonals for "diag",
   * their k sums for "spherical", nothing for "none".
   */
  readonly S2: Float64Array;
  /** Σ w. */
  readonly weight: number;
  /** Σ w log p(x); under hard assignment Σ w maxₖ log(πₖ pₖ(x)). In nats. */
  readonly logLikelihood: number;
  /** Σ w maxₖ log(πₖ pₖ(x)); its difference to `logLikelihood` is the entropy term of the integrated completed likelihood. */
  readonly classificationLogLikelihood: number;
  /** Row–component pairs with a responsibility above 2⁻⁵³: the work that a sparse pass could not leave out. */
  readonly livePairs: number;
}

/**
 * Numbers in `S2`.
 *
 * @example
 * ```ts run
 * scatterSize("full", 3, 2) // => 12
 * scatterSize("pooled", 3, 2) // => 4
 * ```
 */
export function scatterSize(scatter: Scatter, count: number, features: number): number {
  switch (scatter) {
    case "full":
      return count * features * features;
    case "pooled":
      return features * features;
    case "diag":
      return count * features;
    case "spherical":
      return count;
    case "none":
      return 0;
  }
}

/**
 * The moments of no rows.
 *
 * @example
 * ```ts run
 * emptyMoments("diag", 2, 3, new Float64Array(6)).S2.length // => 6
 * ```
 */
export function emptyMoments(scatter: Scatter, count: number, features: number, centres: Float64Array): Moments {
  return {
    scatter,
    count,
    features,
    centres,
    s0: new Float64Array(count),
    s1: new Float64Array(count * features),
    S2: new Float64Array(scatterSize(scatter, count, features)),
    weight: 0,
    logLikelihood: 0,
    classificationLogLikelihood: 0,
    livePairs: 0,
  };
}
