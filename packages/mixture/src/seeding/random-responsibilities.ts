import type { Moments, Scatter } from "@mixtura/backend";
import { emptyMoments } from "@mixtura/backend";
import type { RowChunk, RowSet } from "@mixtura/backend/rows";
import { merged } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";
import { createRandom, inStrides } from "@mixtura/core";

/**
 * Moments about k centres under random responsibilities: k uniform numbers per row, scaled to sum 1.
 *
 * Each component has a random stream of its own, walked twice: once for the rows' sums, once for the shares. So there is never an n×k array.
 *
 * @remarks O(n·k·d²) time, O(n) memory.
 */
export async function randomMoments<H>(
  rows: RowSet<H>,
  scatter: Scatter,
  centres: Float64Array,
  seed: number,
  pace: Pace,
): Promise<Moments> {
  const k = centres.length / rows.features;
  const forSums = Array.from({ length: k }, (_, component) => createRandom(seed, component));
  const forShares = Array.from({ length: k }, (_, component) => createRandom(seed, component));

  return merged(rows, async (chunk) => {
    const sums = new Float64Array(chunk.rows);
    for (const stream of forSums) {
      await inStrides(chunk.rows, pace, (start, end) => {
        for (let i = start; i < end; i++) sums[i]! += stream.uniform();
      });
    }
    const total = emptyMoments(scatter, k, rows.features, centres);
    let weight = 0;
    const shares = new Float64Array(chunk.rows);
    for (let component = 0; component < k; component++) {
      const stream = forShares[component]!;
      await inStrides(chunk.rows, pace, (start, end) => {
        for (let i = start; i < end; i++) shares[i] = (stream.uniform() / sums[i]!) * (chunk.rowWeights?.[i] ?? 1);
      });
      weight += await addComponent(rows, chunk, shares, component, total, pace);
    }
    return { ...total, weight };
  });
}

/** Adds the moments of rows with given shares to those of all, in the place of one component; returns the weight of the rows. */
async function addComponent<H>(
  rows: RowSet<H>,
  chunk: RowChunk<H>,
  rowWeights: Float64Array,
  component: number,
  total: Moments,
  pace: Pace,
): Promise<number> {
  const { scatter, features: d } = total;
  const centres = total.centres.subarray(component * d, (component + 1) * d);
  const own = await rows.backend.kernels.moments(chunk.handle, { rowWeights, centres, scatter, pace });
  total.s0[component] = own.s0[0]!;
  total.s1.set(own.s1, component * d);
  if (scatter === "pooled") for (let at = 0; at < own.S2.length; at++) total.S2[at]! += own.S2[at]!;
  else total.S2.set(own.S2, component * own.S2.length);
  return own.weight;
}
