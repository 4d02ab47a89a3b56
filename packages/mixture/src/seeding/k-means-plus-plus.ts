import type { Matrix, Pace, Random } from "@mixtura/core";
import { inStrides } from "@mixtura/core";

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
  const n = host.rows;
  const chosen = new Int32Array(k);
  // Weighted squared distance of each row to the nearest chosen one; at first its weight, so that the first draw is by weight.
  const potentials = rowWeights?.slice() ?? new Float64Array(n).fill(1);
  const trials = 2 + Math.floor(Math.log(k));
  chosen[0] = random.choice(potentials);
  let total = await closer(rows, potentials, chosen[0], true, pace);
  for (let c = 1; c < k; c++) {
    if (total <= 0) {
      chosen[c] = random.choice(rowWeights ?? new Float64Array(n).fill(1)); // every row lies on a chosen one
      continue;
    }
    const candidates = Array.from({ length: trials }, () => random.choice(potentials, total));
    const remaining = await potentialAfter(rows, potentials, candidates, pace);
    let best = 0;
    for (let t = 1; t < trials; t++) if (remaining[t]! < remaining[best]!) best = t;
    chosen[c] = candidates[best]!;
    total = await closer(rows, potentials, chosen[c]!, false, pace);
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

/** Lowers every row's potential to its distance from row `seed`; returns the new total. */
async function closer(rows: SeedingRows, potentials: Float64Array, seed: number, first: boolean, pace: Pace): Promise<number> {
  const { host, rowWeights } = rows;
  let total = 0;
  await inStrides(host.rows, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const potential = squaredDistance(rows, i, seed) * (rowWeights === undefined ? 1 : rowWeights[i]!);
      if (first || potential < potentials[i]!) potentials[i] = potential;
      total += potentials[i]!;
    }
  });
  return total;
}

/** The total potential that each candidate would leave, in one walk over the rows. */
async function potentialAfter(
  rows: SeedingRows,
  potentials: Float64Array,
  candidates: readonly number[],
  pace: Pace,
): Promise<Float64Array> {
  const { host, rowWeights } = rows;
  const totals = new Float64Array(candidates.length);
  await inStrides(host.rows, pace, (start, end) => {
    candidates.forEach((candidate, t) => {
      let sum = 0;
      for (let i = start; i < end; i++) {
        const potential = squaredDistance(rows, i, candidate) * (rowWeights === undefined ? 1 : rowWeights[i]!);
        sum += potential < potentials[i]! ? potential : potentials[i]!;
      }
      totals[t]! += sum;
    });
  });
  return totals;
}

function squaredDistance({ host, inverseScale }: SeedingRows, a: number, b: number): number {
  const { data, columns } = host;
  let sum = 0;
  for (let j = 0, i = a * columns, k = b * columns; j < columns; j++, i++, k++) {
    const difference = (data[i]! - data[k]!) * (inverseScale === undefined ? 1 : inverseScale[j]!);
    sum += difference * difference;
  }
  return sum;
}
