import type { Matrix, Pace, Random } from "@mixtura/core";
import { createPotentials } from "./potentials.ts";

/** Rows to choose starting points from. */
export interface SeedingRows {
  readonly host: Matrix;
  readonly rowWeights: Float64Array | undefined;
  /** Multiplies each feature before distances are taken; absent for distances as they are. Length d. */
  readonly inverseScale?: Float64Array;
}

/**
 * Greedy k-means++: the first row is drawn at random; each further one is the best of 2 + ⌊log k⌋ rows drawn with probability proportional
 * to their squared distance from the rows chosen so far, the best being the one that leaves the least total distance.
 *
 * Draws and distances are float64 on the host, so that every backend starts alike.
 *
 * @returns the indices of k rows; rows may repeat only where there are fewer than k different ones
 * @remarks O(n·k·d·log k) time, O(n) memory.
 * @see Arthur & Vassilvitskii, k-means++: the advantages of careful seeding (2007); the greedy form is in its section 5
 */
export async function kMeansPlusPlus(rows: SeedingRows, k: number, random: Random, pace: Pace): Promise<Int32Array> {
  const { host, rowWeights } = rows;
  const chosen = new Int32Array(k);
  const trials = 2 + Math.floor(Math.log(k));
  const drawRow = (): number => (rowWeights === undefined ? Math.floor(random.uniform() * host.rows) : random.choice(rowWeights));
  chosen[0] = drawRow();
  const potentials = createPotentials(rows, k);
  let total = await potentials.closer(chosen[0], pace);
  for (let c = 1; c < k; c++) {
    if (total <= 0) {
      chosen[c] = drawRow(); // every row lies on a chosen one
      continue;
    }
    const candidates = Int32Array.from({ length: trials }, () => potentials.draw(total, random));
    const gains = await potentials.gains(candidates, pace);
    let best = 0;
    for (let t = 1; t < trials; t++) if (gains[t]! > gains[best]!) best = t;
    chosen[c] = candidates[best]!;
    total = await potentials.closer(chosen[c]!, pace);
  }
  return chosen;
}

/** Distinct rows drawn with probability proportional to their weights. O(n) per row where rows are weighted, else O(1). */
export async function randomRows({ host, rowWeights }: SeedingRows, k: number, random: Random, pace: Pace): Promise<Int32Array> {
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
