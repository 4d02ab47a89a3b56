import type { Moments, Scatter } from "@mixtura/backend";
import { emptyMoments, mergeMoments } from "@mixtura/backend";
import type { Pace } from "@mixtura/core";
import { createRandom, inStrides } from "@mixtura/core";
import { merged } from "../em/passes.ts";
import type { RowChunk, RowSet } from "../em/rows.ts";

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
    let total = emptyMoments(scatter, k, rows.features, centres);
    const shares = new Float64Array(chunk.rows);
    for (let component = 0; component < k; component++) {
      const stream = forShares[component]!;
      await inStrides(chunk.rows, pace, (start, end) => {
        for (let i = start; i < end; i++) shares[i] = (stream.uniform() / sums[i]!) * (chunk.rowWeights?.[i] ?? 1);
      });
      total = mergeMoments(total, await componentMoments(rows, chunk, shares, component, k, scatter, centres, pace));
    }
    return total;
  });
}

/** The moments of rows with given shares, in the place of one component among k. */
async function componentMoments<H>(
  rows: RowSet<H>,
  chunk: RowChunk<H>,
  rowWeights: Float64Array,
  component: number,
  k: number,
  scatter: Scatter,
  centres: Float64Array,
  pace: Pace,
): Promise<Moments> {
  const d = rows.features;
  const own = await rows.backend.kernels.moments(chunk.handle, {
    rowWeights,
    centres: centres.subarray(component * d, (component + 1) * d),
    scatter,
    pace,
  });
  const placed = emptyMoments(scatter, k, d, centres);
  placed.s0[component] = own.s0[0]!;
  placed.s1.set(own.s1, component * d);
  placed.S2.set(own.S2, scatter === "pooled" ? 0 : component * own.S2.length);
  return { ...placed, weight: own.weight };
}
