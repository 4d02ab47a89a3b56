import type { Pace } from "@mixtura/core/authoring";
import { createRandom, inStrides } from "@mixtura/core/authoring";
import type { MomentsOptions } from "../contract.ts";
import type { Moments, Scatter } from "../moments.ts";
import { emptyMoments } from "../moments.ts";
import { scatters } from "../scatters/table.ts";

/**
 * Random responsibilities: k uniform numbers per row, scaled to sum 1. Each component has a random stream of its own, read twice, once for the
 * sums of the rows and once for the responsibilities, so no n×k array is ever held. Rows are requested run by run, in order.
 */
export interface RandomResponsibilities {
  /** Begins the next run of rows. */
  begin(rows: number): Promise<void>;
  /** The responsibility of one component for each row of the run, components in order. */
  of(component: number): Promise<Float64Array>;
}

/** Starts random responsibilities of k components. */
export function createRandomResponsibilities(seed: number, k: number, pace: Pace): RandomResponsibilities {
  const streams = () => Array.from({ length: k }, (_, component) => createRandom(seed, component));
  const [forSums, forValues] = [streams(), streams()];
  let sums = new Float64Array(0);
  return {
    async begin(rows) {
      const total = new Float64Array(rows);
      for (const stream of forSums) {
        await inStrides(rows, pace, (start, end) => {
          for (let i = start; i < end; i++) total[i]! += stream.uniform();
        });
      }
      sums = total;
    },
    async of(component) {
      const values = new Float64Array(sums.length);
      const stream = forValues[component]!;
      await inStrides(sums.length, pace, (start, end) => {
        for (let i = start; i < end; i++) values[i] = stream.uniform() / sums[i]!;
      });
      return values;
    },
  };
}

/**
 * Moments of a run of rows under random responsibilities.
 *
 * @param momentsOf the moments of all rows of the run as one group
 * @remarks O(n·k·d²) time, O(n) memory.
 */
export async function randomMoments(
  responsibilities: RandomResponsibilities,
  run: { readonly rows: number; readonly features: number; readonly weights: Float64Array | undefined },
  { centres, scatter }: { readonly centres: Float64Array; readonly scatter: Scatter },
  momentsOf: (options: Pick<MomentsOptions, "rowWeights" | "centres" | "scatter">) => Promise<Moments>,
): Promise<Moments> {
  const { rows, features: d, weights } = run;
  const k = centres.length / d;
  const total = emptyMoments(scatter, k, d, centres);
  const { base, collect } = scatters[scatter];
  let weight = 0;
  await responsibilities.begin(rows);
  for (let component = 0; component < k; component++) {
    const rowWeights = await responsibilities.of(component);
    if (weights !== undefined) for (let i = 0; i < rows; i++) rowWeights[i]! *= weights[i]!;
    const own = await momentsOf({ rowWeights, centres: centres.subarray(component * d, (component + 1) * d), scatter: base });
    total.s0[component] = own.s0[0]!;
    total.s1.set(own.s1, component * d);
    collect(own.S2, 0, component, d, total.S2);
    weight += own.weight;
  }
  return { ...total, weight };
}
