import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";

/** The correlation is taken from this number of rows at most, evenly spaced. */
const MOST_KENDALL_ROWS = 1000;

/**
 * The mean, over all pairs of columns, of their correlation as estimated from Kendall's τ: sin (½ π τ), which is exact for normal data.
 *
 * @remarks O(p² m log m) for m ≤ 1000 rows.
 */
export async function meanCorrelation({ data, rows, columns: p }: Matrix, pace: Pace): Promise<number> {
  const kept = Math.min(rows, MOST_KENDALL_ROWS);
  const columns = Array.from({ length: p }, (_, j) =>
    Float64Array.from({ length: kept }, (__, i) => data[Math.floor((i * rows) / kept) * p + j]!),
  );
  const orders = columns.map((values) => Uint32Array.from({ length: kept }, (_, i) => i).sort((a, b) => values[a]! - values[b]!));
  const work = new Float64Array(kept);
  const buffer = new Float64Array(kept);
  const ties = columns.map((values) => pairsTied(values.toSorted()));
  let sum = 0;
  for (let a = 1; a < p; a++) {
    for (let b = 0; b < a; b++) {
      sum += Math.sin((Math.PI / 2) * kendall(a, b));
      if (pace.due()) await pace.turn();
    }
  }
  return p < 2 ? 0 : sum / ((p * (p - 1)) / 2);

  /** τ-b, by counting the exchanges that sort one column in the order of the other; 0 where a column is constant. */
  function kendall(a: number, b: number): number {
    const pairs = (kept * (kept - 1)) / 2;
    const first = columns[a]!;
    const second = columns[b]!;
    const order = orders[a]!;
    for (let i = 0; i < kept; i++) work[i] = second[order[i]!]!;
    let bothTied = 0;
    for (let start = 0, end = 1; end <= kept; end++) {
      if (end < kept && first[order[end]!] === first[order[start]!]) continue;
      if (end - start > 1) bothTied += pairsTied(work.subarray(start, end).sort());
      start = end;
    }
    const discordant = exchanges(work, buffer, 0, kept);
    const norm = Math.sqrt((pairs - ties[a]!) * (pairs - ties[b]!));
    return norm > 0 ? (pairs - ties[a]! - ties[b]! + bothTied - 2 * discordant) / norm : 0;
  }
}

/** Pairs of equal values in a sorted list. */
function pairsTied(sorted: Float64Array): number {
  let pairs = 0;
  for (let start = 0, end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && sorted[end] === sorted[start]) continue;
    pairs += ((end - start) * (end - start - 1)) / 2;
    start = end;
  }
  return pairs;
}

/** Sorts a stretch by merging and counts the pairs that stood the wrong way round. */
function exchanges(values: Float64Array, buffer: Float64Array, start: number, end: number): number {
  if (end - start < 2) return 0;
  const middle = (start + end) >> 1;
  let count = exchanges(values, buffer, start, middle) + exchanges(values, buffer, middle, end);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    if (right >= end || (left < middle && values[left]! <= values[right]!)) buffer[at] = values[left++]!;
    else {
      buffer[at] = values[right++]!;
      count += middle - left;
    }
  }
  values.set(buffer.subarray(start, end), start);
  return count;
}
