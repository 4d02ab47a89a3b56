import type { Matrix } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import type { Metric } from "../components.ts";
import { shapes } from "../shapes/table.ts";
import { squaredDistances } from "./host-distances.ts";

/** The squared distance of each row to the nearest of the rows chosen so far: the state of k-means++. */
export interface Potentials {
  /** Takes another row among the chosen ones; returns the new sum of potentials times weights. O(n·d). */
  closer(row: number): Promise<number>;
  /** The sum that each candidate row would leave if it were chosen. O(n·d) per candidate. */
  left(candidates: Int32Array): Promise<Float64Array>;
  /** A row drawn with probability proportional to its potential times its weight. */
  draw(total: number, random: Random): number;
}

/** Rows that share a sum of potentials, so that a draw need not walk over all rows. */
const SPAN = 256;

/** How distances are measured. */
export interface Distances {
  /** Squared distances to one row; the rows are then asked for in strides, each from index 0 on. */
  to(row: number): Promise<(start: number, end: number) => Float64Array>;
  left(candidates: Int32Array, potentials: Float64Array): Promise<Float64Array>;
}

/** Potentials of n rows none of which is chosen yet. O(n) memory. */
export function createPotentials(n: number, rowWeights: Float64Array | undefined, distances: Distances, pace: Pace): Potentials {
  const ofRow = new Float64Array(n).fill(Infinity);
  const ofSpan = new Float64Array(Math.ceil(n / SPAN));

  /** Lowers the potentials of a span's rows to the squares found; returns their sum. */
  const lower = (found: Float64Array, from: number, start: number, end: number): number => {
    let sum = 0;
    for (let i = start, at = from; i < end; i++, at++) {
      if (found[at]! < ofRow[i]!) ofRow[i] = found[at]!;
      sum += rowWeights === undefined ? ofRow[i]! : ofRow[i]! * rowWeights[i]!;
    }
    return sum;
  };

  return {
    async closer(row) {
      const found = await distances.to(row);
      let total = 0;
      await inStrides(n, pace, (first, last) => {
        const squares = found(first, last);
        for (let start = first; start < last; start += SPAN) {
          const sum = lower(squares, start - first, start, Math.min(start + SPAN, last));
          ofSpan[start / SPAN] = sum;
          total += sum;
        }
      });
      return total;
    },

    left: (candidates) => distances.left(candidates, ofRow),

    draw(total, random) {
      let remaining = random.uniform() * total;
      let span = 0;
      for (let s = 0; s < ofSpan.length; s++) {
        if (ofSpan[s] === 0) continue;
        span = s;
        if (remaining < ofSpan[s]!) break;
        remaining -= ofSpan[s]!;
      }
      const end = Math.min((span + 1) * SPAN, n);
      let last = 0;
      for (let i = span * SPAN; i < end; i++) {
        const potential = ofRow[i]! * (rowWeights?.[i] ?? 1);
        if (potential === 0) continue;
        last = i;
        remaining -= potential;
        if (remaining < 0) return i;
      }
      return last; // rounding left a crumb: the last row of the span that can be drawn
    },
  };
}

/** Distances by plain loops over the rows as they lie. */
export function hostDistances(host: Matrix, rowWeights: Float64Array | undefined, metric: Metric, pace: Pace): Distances {
  const { data, columns: d } = host;
  const scales = scalesOf(metric, d);
  const measure = (row: number, start: number, end: number): Float64Array => {
    const found = new Float64Array(end - start);
    squaredDistances(data, start, end, data.subarray(row * d, (row + 1) * d), scales, found);
    return found;
  };
  return {
    async to(row) {
      return (start, end) => measure(row, start, end);
    },
    async left(candidates, potentials) {
      const sums = new Float64Array(candidates.length);
      await inStrides(host.rows, pace, (start, end) => {
        candidates.forEach((row, t) => {
          const found = measure(row, start, end);
          sums[t]! +=
            rowWeights === undefined ? sumOfLeast(potentials, start, found) : weightedSumOfLeast(potentials, start, found, rowWeights);
        });
      });
      return sums;
    },
  };
}

/** Σ min(potential, square) without a branch, which no processor would foresee: g + |g| is 2 max(g, 0). */
function sumOfLeast(potentials: Float64Array, start: number, squares: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < squares.length; p++) {
    const potential = potentials[start + p]!;
    const gain = potential - squares[p]!;
    sum += potential - 0.5 * (gain + Math.abs(gain));
  }
  return sum;
}

function weightedSumOfLeast(potentials: Float64Array, start: number, squares: Float64Array, rowWeights: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < squares.length; p++) {
    const potential = potentials[start + p]!;
    const gain = potential - squares[p]!;
    sum += rowWeights[start + p]! * (potential - 0.5 * (gain + Math.abs(gain)));
  }
  return sum;
}

/** What each feature is multiplied by. */
function scalesOf({ shape, whitening }: Metric, d: number): Float64Array {
  return shapes[shape].diagonal(whitening, 0, d);
}
