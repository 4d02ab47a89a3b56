import { select } from "../order/select.ts";

/** 1 / (√2 Φ⁻¹(5/8)): makes Qn the standard deviation of normal data. */
const NORMAL = 2.219144465985076;
/**
 * What the estimate of n = 2 … 12 values is multiplied by so that it is right on average for normal data: means of simulations, as published with
 * robustbase. Simulations of our own agree; the factors of 1993 are up to 0.5% off.
 */
const SMALL = [0.399356, 0.99365, 0.51321, 0.84401, 0.6122, 0.85877, 0.66993, 0.87344, 0.72014, 0.88906, 0.75743];
/** Up to this number of values, all differences are made: fewer steps than the search. */
const FEW = 48;

/**
 * The scale estimator Qn: the first quartile, about, of the differences between all pairs of values, in units of a normal standard deviation.
 *
 * Half of the values may be anything. It needs no centre, and is 82% as efficient as the standard deviation for normal data.
 *
 * @param values at least one; left alone
 * @returns 0 where more than half of the values are equal
 * @remarks O(n log n) time, O(n) memory.
 * @see Rousseeuw & Croux, Alternatives to the median absolute deviation, JASA 88 (1993); Croux & Rousseeuw, Time-efficient algorithms for two
 *   highly robust estimators of scale, Computational Statistics 1 (1992)
 */
export function qn(values: Float64Array): number {
  return qnFor(values.length)(values);
}

/** {@link qn} for any number of lists of this number of values, which reuse its memory. */
export function qnFor(n: number): (values: Float64Array) => number {
  if (n < 2) return () => 0;
  const half = (n >> 1) + 1;
  const rank = (half * (half - 1)) / 2;
  const factor = smallSample(n) * NORMAL;
  const scratch = new Float64Array(n <= FEW ? (n * (n - 1)) / 2 : n);
  if (n <= FEW) return (values) => factor * ofAllDifferences(values, rank, scratch);
  return (values) => {
    scratch.set(values);
    return factor * differenceOfRank(scratch.sort(), rank);
  };
}

/** Beyond the listed numbers of values: a fit to such simulations, for odd and even numbers of values apart. */
function smallSample(n: number): number {
  if (n <= SMALL.length + 1) return SMALL[n - 2]!;
  const excess = n % 2 === 1 ? (1.60188 + (-2.1284 - 5.172 / n) / n) / n : (3.67561 + (1.9654 + (6.987 - 77 / n) / n) / n) / n;
  return 1 / (1 + excess);
}

function ofAllDifferences(values: Float64Array, rank: number, differences: Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    for (let j = 0; j < i; j++) differences[at++] = Math.abs(value - values[j]!);
  }
  return select(differences, rank - 1);
}

/**
 * The difference of a rank among all of `sorted[i] − sorted[j]`, i > j, without making them. Row i holds the differences
 * `sorted[i] − sorted[i − t]` for t = 1 … i, in ascending order; what a row may still hold of the answer is kept as t in (low, high].
 * The weighted median of the rows' middles rules out a quarter of the rest at least, step after step.
 */
function differenceOfRank(sorted: Float64Array, rank: number): number {
  const n = sorted.length;
  const low = new Int32Array(n);
  const high = Int32Array.from({ length: n }, (_, i) => i);
  const smaller = new Int32Array(n);
  const upTo = new Int32Array(n);
  const middles = new Float64Array(n);
  const weights = new Int32Array(n);
  let before = 0; // differences that are ruled out because they are too small
  let left = (n * (n - 1)) / 2;
  while (left > n) {
    let rows = 0;
    for (let i = 1; i < n; i++) {
      const width = high[i]! - low[i]!;
      if (width === 0) continue;
      weights[rows] = width;
      middles[rows++] = sorted[i]! - sorted[i - low[i]! - ((width + 1) >> 1)]!;
    }
    const trial = weightedMedian(middles, weights, rows, left);
    let belowTrial = 0;
    let upToTrial = 0;
    for (let i = 1, first = 0, firstEqual = 0; i < n; i++) {
      while (sorted[i]! - sorted[first]! >= trial && first < i) first++;
      while (sorted[i]! - sorted[firstEqual]! > trial && firstEqual < i) firstEqual++;
      belowTrial += smaller[i] = i - first;
      upToTrial += upTo[i] = i - firstEqual;
    }
    if (rank <= belowTrial) high.set(smaller);
    else if (rank > upToTrial) {
      low.set(upTo);
      before = upToTrial;
    } else return trial;
    left = 0;
    for (let i = 1; i < n; i++) left += high[i]! - low[i]!;
  }
  const rest = new Float64Array(left);
  let at = 0;
  for (let i = 1; i < n; i++) for (let t = low[i]! + 1; t <= high[i]!; t++) rest[at++] = sorted[i]! - sorted[i - t]!;
  return select(rest, rank - before - 1);
}

/** The least value that at least half of the weight lies at or below. Both arrays are reordered. */
function weightedMedian(values: Float64Array, weights: Int32Array, count: number, total: number): number {
  let first = 0;
  let last = count - 1;
  let below = 0; // weight of what lies before `first`
  for (;;) {
    if (first === last) return values[first]!;
    const pivot = medianOfThree(values[first]!, values[(first + last) >> 1]!, values[last]!);
    // Three parts: smaller, equal, larger.
    let smallEnd = first;
    let largeStart = last;
    let smallWeight = 0;
    let equalWeight = 0;
    for (let i = first; i <= largeStart;) {
      const value = values[i]!;
      const weight = weights[i]!;
      if (value < pivot) {
        smallWeight += weight;
        swap(values, weights, i++, smallEnd++);
      } else if (value > pivot) swap(values, weights, i, largeStart--);
      else {
        equalWeight += weight;
        i++;
      }
    }
    if (2 * (below + smallWeight) >= total) last = smallEnd - 1;
    else if (2 * (below + smallWeight + equalWeight) >= total) return pivot;
    else {
      below += smallWeight + equalWeight;
      first = largeStart + 1;
    }
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(values: Float64Array, weights: Int32Array, a: number, b: number): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
  const weight = weights[a]!;
  weights[a] = weights[b]!;
  weights[b] = weight;
}
