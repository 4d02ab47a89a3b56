import type { Pace } from "./pace.ts";

/** Values in ascending order, each with its weight. */
export interface SortedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Values that are sorted at one go; longer lists are merged from such runs, with turns of the event loop in between. */
const RUN = 4096;
/** The same of numbers alone, about 4 ms. */
const PLAIN_RUN = 2 ** 16;

/**
 * Sorts values with their weights, in steps short enough for the event loop. Nothing given is written to.
 *
 * @param values numbers, ±Infinity among them, but no NaN
 * @remarks O(n log n) time, O(n) memory.
 * @example
 * ```ts run
 * const { values, weights } = await sortValues(
 *   Float64Array.of(3, 1, 2),
 *   Float64Array.of(1, 2, 1),
 *   createPace(),
 * );
 * values // => [1, 2, 3]
 * weights // => [2, 1, 1]
 * ```
 */
export async function sortValues(values: Float64Array, weights: Float64Array, pace: Pace): Promise<SortedValues> {
  const n = values.length;
  // Equal weights stay where they are, and numbers alone are sorted several times as fast.
  const moving = weights.some((weight) => weight !== weights[0]);
  const lists = (fresh: boolean): Lists => ({
    values: fresh ? new Float64Array(n) : values.slice(),
    ...(moving ? { weights: fresh ? new Float64Array(n) : weights.slice() } : {}),
  });
  let [from, to] = [lists(false), lists(true)];
  const run = moving ? RUN : PLAIN_RUN;
  for (let start = 0; start < n; start += run) {
    const end = Math.min(start + run, n);
    if (moving) sortRun(values, weights, from, start, end);
    else from.values.subarray(start, end).sort();
    if (pace.due()) await pace.turn();
  }
  for (let width = run; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      await merge(from, to, start, Math.min(start + width, n), Math.min(start + 2 * width, n), pace);
    }
    [from, to] = [to, from];
  }
  return { values: from.values, weights: from.weights ?? weights.slice() };
}

/** Values on their way to their places, with their weights where these go with them. */
interface Lists {
  readonly values: Float64Array;
  readonly weights?: Float64Array;
}

function sortRun(values: Float64Array, weights: Float64Array, to: Lists, start: number, end: number): void {
  const order = Uint32Array.from({ length: end - start }, (_, i) => start + i).sort((a, b) => values[a]! - values[b]!);
  order.forEach((source, i) => {
    to.values[start + i] = values[source]!;
    to.weights![start + i] = weights[source]!;
  });
}

/** Merges the runs start … middle and middle … end of one list into another. */
async function merge(from: Lists, to: Lists, start: number, middle: number, end: number, pace: Pace): Promise<void> {
  const [source, target] = [from.values, to.values];
  const [carried, places] = [from.weights, to.weights];
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const next = right >= end || (left < middle && source[left]! <= source[right]!) ? left++ : right++;
    target[at] = source[next]!;
    if (carried !== undefined) places![at] = carried[next]!;
    if (at % RUN === 0 && pace.due()) await pace.turn();
  }
}

/**
 * The quantile of weighted values by linear interpolation between order statistics, at position probability · (Σ w − 1): NumPy's default. An integer
 * weight equals that number of copies of the value.
 *
 * @param probability in [0, 1]
 * @remarks O(n) time.
 * @example
 * ```ts run
 * weightedQuantile(
 *   {
 *     values: Float64Array.of(1, 2, 4),
 *     weights: Float64Array.of(1, 1, 1),
 *   },
 *   0.75,
 * ) // => 3
 * weightedQuantile(
 *   { values: Float64Array.of(1, 4), weights: Float64Array.of(3, 1) },
 *   0.75,
 * ) // => 1.75
 * ```
 */
export function weightedQuantile({ values, weights }: SortedValues, probability: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const position = Math.max(0, probability * (total - 1));
  const below = Math.floor(position);
  const low = orderStatistic(below);
  const high = orderStatistic(below + 1);
  return low === high || position === below ? low : low + (position - below) * (high - low);

  /** The value of the copy that has `before` copies before it. */
  function orderStatistic(before: number): number {
    let passed = 0;
    for (let i = 0; i < values.length; i++) {
      passed += weights[i]!;
      if (passed > before) return values[i]!;
    }
    return values.at(-1)!;
  }
}
