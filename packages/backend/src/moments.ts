import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { GaussianComponents } from "./components.ts";
import { radialOf } from "./radials/table.ts";
import type { Scatter } from "./scatters/table.ts";
import { scatters } from "./scatters/table.ts";

export type { Scatter } from "./scatters/table.ts";

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
  /**
   * Σ w r u, length k, where the components' radial part weights rows by their distance: first and second moments are then Σ w r u (x − c) and so on.
   * Absent where u is 1, and it would be `s0`.
   */
  readonly radialMass?: Float64Array;
  /** The further sums that the radial part asks for, Σ w r e, k × (its number of extras). Absent where there are none. */
  readonly extra?: Float64Array;
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
export function scatterSize(scatter: Scatter, count: number, features: number, components?: GaussianComponents): number {
  return scatters[scatter].size(count, features, components);
}

/**
 * Checks that moments are as long as they say, whatever they came from.
 *
 * @throws MixturaError `invalid-shape`
 */
export function checkMoments(moments: Moments, centres: Float64Array, components?: GaussianComponents): void {
  const { scatter, count: k, features: d } = checkedSizes(Object(moments) as Moments, centres);
  const lengths = [
    [moments.s0, k],
    [moments.s1, k * d],
    [moments.S2, scatterSize(scatter, k, d, components)],
    [moments.centres, k * d],
  ] as const;
  if (!lengths.every(([list, length]) => list?.length === length)) throw notMoments(moments);
}

/** Sizes that memory can be taken for. */
function checkedSizes<Sized extends Pick<Moments, "scatter" | "count" | "features">>(sized: Sized, centres: Float64Array): Sized {
  const { scatter, count, features } = sized;
  const isSized = Number.isInteger(count) && Number.isInteger(features) && count >= 0 && features >= 0;
  if (!isSized || typeof scatter !== "string" || !Object.hasOwn(scatters, scatter) || centres?.length !== count * features)
    throw notMoments(sized);
  return sized;
}

function notMoments(found: object): MixturaError {
  const { scatter, count, features } = found as Partial<Moments>;
  return new MixturaError(
    "invalid-shape",
    `Moments are sums of a known scatter and k×d centres, found ${show(scatter)} of ${show(count)} × ${show(features)}.`,
    { expected: "moments", found: show(found) },
  );
}

/**
 * The moments of no rows.
 *
 * @param components what a pass is made under; absent where rows are labelled
 * @throws MixturaError `invalid-shape`
 * @example
 * ```ts run
 * emptyMoments("diag", 2, 3, new Float64Array(6)).S2.length // => 6
 * ```
 */
export function emptyMoments(
  scatter: Scatter,
  count: number,
  features: number,
  centres: Float64Array,
  components?: GaussianComponents,
): Moments {
  checkedSizes({ scatter, count, features }, centres);
  const { weight, extras } = radialOf(components ?? {});
  return {
    scatter,
    count,
    features,
    centres,
    s0: new Float64Array(count),
    s1: new Float64Array(count * features),
    S2: new Float64Array(scatterSize(scatter, count, features, components)),
    weight: 0,
    logLikelihood: 0,
    classificationLogLikelihood: 0,
    livePairs: 0,
    ...(weight === undefined ? {} : { radialMass: new Float64Array(count) }),
    ...(extras.length === 0 ? {} : { extra: new Float64Array(count * extras.length) }),
  };
}
