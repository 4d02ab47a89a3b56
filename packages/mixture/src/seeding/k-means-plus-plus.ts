import type { Matrix, Pace, Random } from "@mixtura/core";
import { createPotentials, measuredOnHost } from "./potentials.ts";
import type { SeedingRows } from "./seeding-rows.ts";

/**
 * Greedy k-means++: the first row is drawn at random; each further one is the best of 2 + ⌊log k⌋ rows drawn with probability proportional
 * to their squared distance from the rows chosen so far, the best being the one that leaves the least total distance.
 *
 * Draws are float64 on the host, and distances float64 wherever they are measured, so that every backend starts alike.
 *
 * @returns the indices of k rows; rows may repeat only where there are fewer than k different ones
 * @remarks O(n·k·d·log k) time, O(n) memory.
 * @see Arthur & Vassilvitskii, k-means++: the advantages of careful seeding (2007); the greedy form is in its section 5
 */
export async function kMeansPlusPlus<H>(rows: SeedingRows<H>, k: number, random: Random, pace: Pace): Promise<Int32Array> {
  const { host, rowWeights } = rows;
  const chosen = new Int32Array(k);
  const trials = 2 + Math.floor(Math.log(k));
  const drawRow = (): number => (rowWeights === undefined ? Math.floor(random.uniform() * host.rows) : random.choice(rowWeights));
  chosen[0] = drawRow();
  if (k === 1) return chosen;
  const placed = measuredOnHost(rows) ? undefined : await rows.place();
  try {
    const potentials = createPotentials(rows, placed && (await import("../rare.ts")).kernelDistances(rows, placed));
    for (let c = 1; c < k; c++) {
      const total = await potentials.closer(chosen[c - 1]!, pace);
      if (total <= 0) {
        for (; c < k; c++) chosen[c] = drawRow(); // every row lies on a chosen one
        break;
      }
      const candidates = Int32Array.from({ length: trials }, () => potentials.draw(total, random));
      const left = await potentials.left(candidates, pace);
      let best = 0;
      for (let t = 1; t < trials; t++) if (left[t]! < left[best]!) best = t;
      chosen[c] = candidates[best]!;
    }
  } finally {
    placed?.release();
  }
  return chosen;
}

/** Distinct rows drawn with probability proportional to their weights. O(n) per row where rows are weighted, else O(1). */
export async function randomRows(
  { host, rowWeights }: Pick<SeedingRows, "host" | "rowWeights">,
  k: number,
  random: Random,
  pace: Pace,
): Promise<Int32Array> {
  const chosen = new Set<number>();
  if (rowWeights === undefined) {
    while (chosen.size < k) chosen.add(random.integer(host.rows));
    return Int32Array.from(chosen);
  }
  const left = rowWeights.slice();
  let total = left.reduce((sum, weight) => sum + weight, 0);
  while (chosen.size < k) {
    const row = random.choice(left, total);
    chosen.add(row);
    total -= left[row]!;
    left[row] = 0;
    if (pace.due()) await pace.turn();
  }
  return Int32Array.from(chosen);
}

/** The chosen rows' coordinates, k×d. */
export function rowsAt(host: Matrix, chosen: Int32Array): Float64Array {
  const d = host.columns;
  const out = new Float64Array(chosen.length * d);
  chosen.forEach((row, index) => out.set(host.data.subarray(row * d, (row + 1) * d), index * d));
  return out;
}
