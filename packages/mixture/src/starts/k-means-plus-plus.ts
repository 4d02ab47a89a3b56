import type { Metric } from "@mixtura/backend/internal/factors";
import type { ResidentRows } from "@mixtura/backend/internal/rows";
import type { Pace, Random } from "@mixtura/core/authoring";

/**
 * Greedy k-means++: the first row is drawn at random; each further one is the best of 2 + ⌊log k⌋ rows drawn with probability proportional
 * to their squared distance from the rows chosen so far, the best being the one that leaves the least total distance.
 *
 * Draws are float64 on the host, and distances are float64 on every backend, so that all start alike.
 *
 * @returns the indices of k rows; rows may repeat only where there are fewer than k different ones
 * @remarks O(n·k·d·log k) time, O(n) memory.
 * @see Arthur & Vassilvitskii, k-means++: the advantages of careful seeding (2007); the greedy form is in its section 5
 */
export async function kMeansPlusPlus(
  { rows, metric }: { readonly rows: ResidentRows; readonly metric: Metric },
  k: number,
  random: Random,
): Promise<Int32Array> {
  const { count, weights } = rows;
  const chosen = new Int32Array(k);
  const trials = 2 + Math.floor(Math.log(k));
  const drawRow = (): number => (weights === undefined ? Math.floor(random.uniform() * count) : random.choice(weights));
  chosen[0] = drawRow();
  if (k === 1) return chosen;
  const potentials = rows.potentials(metric);
  for (let c = 1; c < k; c++) {
    const total = await potentials.closer(chosen[c - 1]!);
    if (total <= 0) {
      for (; c < k; c++) chosen[c] = drawRow(); // every row lies on a chosen one
      break;
    }
    const candidates = Int32Array.from({ length: trials }, () => potentials.draw(total, random));
    const left = await potentials.left(candidates);
    let best = 0;
    for (let t = 1; t < trials; t++) if (left[t]! < left[best]!) best = t;
    chosen[c] = candidates[best]!;
  }
  return chosen;
}

/** Distinct rows drawn with probability proportional to their weights. O(n) per row where rows are weighted, else O(1). */
export async function randomRows(
  { count, weights }: Pick<ResidentRows, "count" | "weights">,
  k: number,
  random: Random,
  pace: Pace,
): Promise<Int32Array> {
  const chosen = new Set<number>();
  if (weights === undefined) {
    while (chosen.size < k) chosen.add(random.integer(count));
    return Int32Array.from(chosen);
  }
  const left = weights.slice();
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
