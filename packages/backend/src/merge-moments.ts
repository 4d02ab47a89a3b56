import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Moments } from "./moments.ts";

/**
 * The moments of the rows of `a` and of `b` together. Neither is changed.
 *
 * @throws MixturaError `invalid-shape` when the two are of different kind, size or centres
 * @remarks O(k·d²).
 * @example
 * ```ts run
 * const options = {
 *   centres: Float64Array.of(0),
 *   scatter: "full",
 * } as const;
 * const momentsOf = (...values: number[]) =>
 *   referenceBackend.kernels.moments(
 *     matrix(Float64Array.from(values), values.length, 1),
 *     options,
 *   );
 * const merged = mergeMoments(await momentsOf(1, 2), await momentsOf(3));
 * merged.S2 // => [14]
 * merged.s0 // => [3]
 * ```
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const alike =
    a?.S2 !== undefined &&
    b?.S2 !== undefined &&
    a.scatter === b.scatter &&
    a.count === b.count &&
    a.features === b.features &&
    a.S2.length === b.S2.length &&
    a.radialMass?.length === b.radialMass?.length &&
    a.extra?.length === b.extra?.length &&
    (a.centres === b.centres || a.centres.every((value, index) => value === b.centres[index]));
  if (!alike) {
    throw new MixturaError(
      "invalid-shape",
      "Moments can only be merged when they are of the same kind and size and about the same centres.",
      {
        expected: described(a),
        found: described(b),
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
    ...(a.radialMass === undefined ? {} : { radialMass: sum(a.radialMass, b.radialMass!) }),
    ...(a.extra === undefined ? {} : { extra: sum(a.extra, b.extra!) }),
  };
}

function described(moments: Moments | undefined): string {
  return `${show(moments?.scatter)}, ${show(moments?.count)} × ${show(moments?.features)}`;
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
  return out;
}
