import type { Pace } from "./pace.ts";

/** Values in ascending order, each with its weight. */
export interface SortedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Values that are sorted at one go; longer lists are merged from such runs, with turns of the event loop in between. */
const RUN = 4096;

/**
 * Sorts values with their weights, in steps short enough for the event loop. Nothing given is written to.
 *
 * @param values numbers, ±Infinity among them, but no NaN
 * @remarks O(n log n) time, O(n) memory.
 * @example
 * ```ts run
 * const { values, weights } = await sortValues(Float64Array.of(3, 1, 2), Float64Array.of(1, 2, 1), createPace());
 * values // => [1, 2, 3]
 * weights // => [2, 1, 1]
 * ```
 */
export async function sortValues(values: Float64Array, weights: Float64Array, pace: Pace): Promise<SortedValues> {
  const n = values.length;
  let from = { values: values.slice(), weights: weights.slice() };
  let to = { values: new Float64Array(n), weights: new Float64Array(n) };
  for (let start = 0; start < n; start += RUN) {
    const end = Math.min(start + RUN, n);
    const order = Uint32Array.from({ length: end - start }, (_, i) => start + i).sort((a, b) => values[a]! - values[b]!);
    order.forEach((source, i) => {
      from.values[start + i] = values[source]!;
      from.weights[start + i] = weights[source]!;
    });
    if (pace.due()) await pace.turn();
  }
  for (let width = RUN; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      await merge(from, to, start, Math.min(start + width, n), Math.min(start + 2 * width, n), pace);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Merges the runs start … middle and middle … end of one list into another. */
async function merge(from: SortedValues, to: SortedValues, start: number, middle: number, end: number, pace: Pace): Promise<void> {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const source = right >= end || (left < middle && from.values[left]! <= from.values[right]!) ? left++ : right++;
    to.values[at] = from.values[source]!;
    to.weights[at] = from.weights[source]!;
    if (at % RUN === 0 && pace.due()) await pace.turn();
  }
}

/**
 * The quantile of weighted values by linear interpolation between order statistics, at position share · (Σ w − 1): NumPy's default. An integer
 * weight equals so many copies of the value.
 *
 * @param share in [0, 1]
 * @remarks O(n) time.
 * @example
 * ```ts run
 * weightedQuantile({ values: Float64Array.of(1, 2, 4), weights: Float64Array.of(1, 1, 1) }, 0.75) // => 3
 * weightedQuantile({ values: Float64Array.of(1, 4), weights: Float64Array.of(3, 1) }, 0.75) // => 1.75
 * ```
 */
export function weightedQuantile({ values, weights }: SortedValues, share: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const position = Math.max(0, share * (total - 1));
  const below = Math.floor(position);
  const low = orderStatistic(below);
  const high = orderStatistic(below + 1);
  return low === high || position === below ? low : low + (position - below) * (high - low);

  /** The value of the copy with so many copies before it. */
  function orderStatistic(before: number): number {
    let passed = 0;
    for (let i = 0; i < values.length; i++) {
      passed += weights[i]!;
      if (passed > before) return values[i]!;
    }
    return values.at(-1)!;
  }
}
