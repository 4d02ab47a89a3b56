import type { GaussianKernels, Metric } from "@mixtura/backend";
import { isSingle, plainBackend } from "@mixtura/backend/rows";
import type { Pace, Random } from "@mixtura/core";
import { inStrides } from "@mixtura/core";
import { squaredDistances } from "./host-distances.ts";
import type { SeedingRows } from "./seeding-rows.ts";

/** The squared distance of each row to the nearest of the rows chosen so far. */
export interface Potentials {
  /** Takes another row among the chosen ones; returns the new sum of potentials times weights. */
  closer(row: number, pace: Pace): Promise<number>;
  /** The sum that each candidate would leave if it were chosen. */
  left(candidates: Int32Array, pace: Pace): Promise<Float64Array>;
  /** A row drawn with probability proportional to its potential times its weight. */
  draw(total: number, random: Random): number;
}

/** Rows that share a sum of potentials, so that a draw need not walk over all rows. */
const SPAN = 256;

/** Numbers up to which plain loops are done before a kernel is called: a call takes about as long as the loops take for a few thousand. */
const HOST_NUMBERS = 2 ** 14;

/**
 * Whether distances are best measured by plain loops over the rows as they lie: the reference kernels are no faster, and those of a backend in
 * single precision would not draw the same rows.
 */
export function measuredOnHost<H>({ host, backend }: SeedingRows<H>): boolean {
  if (host.rows * host.columns <= HOST_NUMBERS) return true;
  return (backend.kernels as GaussianKernels<never>) === plainBackend.kernels || isSingle(backend);
}

/** How distances are measured. */
export interface Distances {
  /** Squared distances to one row; the rows are then asked for in strides, each from index 0 on. */
  to(row: number, pace: Pace): Promise<(start: number, end: number) => Float64Array>;
  left(candidates: Int32Array, potentials: Float64Array, pace: Pace): Promise<Float64Array>;
}

/**
 * Potentials of rows none of which is chosen yet. O(n) memory.
 *
 * @param distances plain loops on the host unless said otherwise
 */
export function createPotentials<H>(rows: SeedingRows<H>, distances: Distances = hostDistances(rows)): Potentials {
  const { host, rowWeights } = rows;
  const n = host.rows;
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
    async closer(row, pace) {
      const found = await distances.to(row, pace);
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

    left: (candidates, pace) => distances.left(candidates, ofRow, pace),

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

/** Distances by plain loops. */
function hostDistances<H>({ host, rowWeights, metric }: SeedingRows<H>): Distances {
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
    async left(candidates, potentials, pace) {
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
  return shape === "spherical" ? new Float64Array(d).fill(whitening[0]!) : whitening;
}
