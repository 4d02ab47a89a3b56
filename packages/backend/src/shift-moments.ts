import type { GaussianComponents } from "./components.ts";
import type { Moments } from "./moments.ts";
import { checkMoments } from "./moments.ts";
import { rawSize } from "./scatters/second-moments.ts";
import { scatters } from "./scatters/table.ts";

/**
 * The same moments about other centres, so that they can be merged with those of other rows. Nothing is changed.
 *
 * With δ the way from an old centre to the new one and m the mass that first moments are sums over, Σ w r (x − c′) = s1 − m δ and
 * Σ w r (x − c′)(x − c′)ᵀ = S2 − s1 δᵀ − δ s1ᵀ + m δ δᵀ.
 *
 * @param centres k×d
 * @param components those of the pass, where its scatter depends on them
 * @throws MixturaError `invalid-shape`
 * @remarks O(k·d²). Where δ is many standard deviations long, S2 loses digits: as many as (‖δ‖/σ)² has.
 * @example
 * ```ts run
 * const options = {
 *   centres: Float64Array.of(0),
 *   scatter: "full",
 * } as const;
 * const moments = await referenceBackend.kernels.moments(
 *   matrix(Float64Array.of(1, 3), 2, 1),
 *   options,
 * );
 * const { s1, S2 } = shiftMoments(moments, Float64Array.of(2));
 * [s1, S2] // => [[0], [2]]
 * ```
 */
export function shiftMoments(moments: Moments, centres: Float64Array, components?: GaussianComponents): Moments {
  checkMoments(moments, centres, components);
  const { scatter, count, features: d } = moments;
  const { raw, collect } = scatters[scatter];
  const masses = moments.radialMass ?? moments.s0;
  const s1 = moments.s1.slice();
  const S2 = moments.S2.slice();
  const change = new Float64Array(rawSize(raw, d));
  for (let k = 0; k < count; k++) {
    const at = k * d;
    const shift = (j: number): number => centres[at + j]! - moments.centres[at + j]!;
    const entry = (i: number, j: number): number =>
      masses[k]! * shift(i) * shift(j) - moments.s1[at + i]! * shift(j) - shift(i) * moments.s1[at + j]!;
    if (raw === "products") for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) change[i * d + j] = entry(i, j);
    else if (raw === "squares") for (let j = 0; j < d; j++) change[j] = entry(j, j);
    collect(change, 0, k, d, S2, components);
    for (let j = 0; j < d; j++) s1[at + j]! -= masses[k]! * shift(j);
  }
  return { ...moments, centres, s1, S2 };
}
