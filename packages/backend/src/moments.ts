import { MixturaError } from "@mixtura/core";

/** Which second moments a pass returns: a full matrix per component, one matrix pooled over all, a diagonal, a trace, or none. */
export type Scatter = "full" | "pooled" | "diag" | "spherical" | "none";

/**
 * What a pass over rows returns. Moments of two sets of rows about the same centres add up ({@link mergeMoments}): threads, blocks,
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

/**
 * The moments of the rows of `a` and of `b` together. Neither is changed.
 *
 * @throws MixturaError `invalid-shape` when the two are of different kind, size or centres
 * @remarks O(k·d²).
 * @example
 * ```ts run
 * const options = { centres: Float64Array.of(0), scatter: "full" } as const;
 * const momentsOf = (...values: number[]) => referenceBackend.kernels.moments(matrix(Float64Array.from(values), values.length, 1), options);
 * const merged = mergeMoments(await momentsOf(1, 2), await momentsOf(3));
 * merged.S2 // => [14]
 * merged.s0 // => [3]
 * ```
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const alike =
    a.scatter === b.scatter &&
    a.count === b.count &&
    a.features === b.features &&
    (a.centres === b.centres || a.centres.every((value, index) => value === b.centres[index]));
  if (!alike) {
    throw new MixturaError(
      "invalid-shape",
      "Moments can only be merged when they are of the same kind and size and about the same centres.",
      {
        expected: `${a.scatter}, ${a.count} × ${a.features}`,
        found: `${b.scatter}, ${b.count} × ${b.features}`,
      },
    );
  }
  return {
    ...a,
    s0: sum(a.s0, b.s0),
    s1: sum(a.s1, b.s1),
    S2: sum(a.S2, b.S2),
    weight: a.weight + b.weight,
    logLikelihood: a.logLikelihood + b.logLikelihood,
    classificationLogLikelihood: a.classificationLogLikelihood + b.classificationLogLikelihood,
    livePairs: a.livePairs + b.livePairs,
  };
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
  return out;
}
