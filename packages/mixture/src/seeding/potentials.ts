import type { Pace, Random } from "@mixtura/core";
import { inStrides } from "@mixtura/core";
import type { SeedingRows } from "./k-means-plus-plus.ts";

/** The weighted squared distance of each row to the nearest of the rows chosen so far. */
export interface Potentials {
  /** Takes another row among the chosen ones; returns the new sum of potentials. */
  closer(row: number, pace: Pace): Promise<number>;
  /** By how much each candidate would lower the sum, in one walk over the rows. */
  gains(candidates: Int32Array, pace: Pace): Promise<Float64Array>;
  /** A row drawn with probability proportional to its potential. */
  draw(total: number, random: Random): number;
}

/** Rows that are worked on together. Their potentials have a sum of their own, so that a draw need not walk over all rows. */
const SPAN = 256;

/** Features from which on it pays to ask whether a row is out of a point's reach: the answer is a branch that no processor foresees. */
const ASK_FROM = 12;

/**
 * A point whose squared distance to a row's nearest chosen one is this many times that of the row cannot be nearer to the row, by the triangle
 * inequality: 4, and more than rounding can take from it.
 */
const OUT_OF_REACH = 4 * (1 + 1e-9);

/** Potentials of rows none of which is chosen yet. O(n) memory: a potential and a label per row. */
export function createPotentials({ host, rowWeights, inverseScale }: SeedingRows, k: number): Potentials {
  const { data, rows: n, columns: d } = host;
  const scales = inverseScale ?? new Float64Array(d).fill(1);
  const ofRow = new Float64Array(n).fill(Infinity);
  const ofSpan = new Float64Array(Math.ceil(n / SPAN));
  const asks = d >= ASK_FROM;
  /** Which of the chosen rows is the nearest, and how far each of these is from the point of a walk, in units of reach. */
  const nearest = new Int32Array(asks ? n : 0);
  const apart = new Float64Array(k);
  const chosen = new Float64Array(k * d);
  let count = 0;
  const found = new Float64Array(SPAN);

  const pointAt = (row: number): Float64Array => {
    const point = data.slice(row * d, (row + 1) * d);
    for (let c = 0; asks && c < count; c++) apart[c] = squaredDistance(chosen, c * d, point, scales) / OUT_OF_REACH;
    return point;
  };
  /** Weighted squared distances of the rows `start` to `end` to a point; the potential as it is for a row out of its reach. */
  const measure = (point: Float64Array, start: number, end: number): void => {
    if (asks) measureInReach(data, start, end, point, scales, ofRow, nearest, apart, rowWeights, found);
    else squaredDistances(data, start, end, point, scales, found);
    if (!asks && rowWeights !== undefined) for (let i = start; i < end; i++) found[i - start]! *= rowWeights[i]!;
  };

  return {
    async closer(row, pace) {
      const point = pointAt(row);
      const label = count++;
      chosen.set(point, label * d);
      let total = 0;
      await inStrides(n, pace, (first, last) => {
        for (let start = first; start < last; start += SPAN) {
          const end = Math.min(start + SPAN, last);
          measure(point, start, end);
          let sum = 0;
          for (let i = start; i < end; i++) {
            if (found[i - start]! < ofRow[i]!) {
              ofRow[i] = found[i - start]!;
              if (asks) nearest[i] = label;
            }
            sum += ofRow[i]!;
          }
          ofSpan[start / SPAN] = sum;
          total += sum;
        }
      });
      return total;
    },

    async gains(candidates, pace) {
      const gains = new Float64Array(candidates.length);
      const points = Array.from(candidates, (row) => data.slice(row * d, (row + 1) * d));
      await inStrides(n, pace, (first, last) => {
        for (const [t, row] of candidates.entries()) {
          const point = asks ? pointAt(row) : points[t]!;
          for (let start = first; start < last; start += SPAN) {
            const end = Math.min(start + SPAN, last);
            measure(point, start, end);
            gains[t]! += sumOfGains(ofRow, start, end, found);
          }
        }
      });
      return gains;
    },

    draw(total, random) {
      let left = random.uniform() * total;
      let span = 0;
      for (let s = 0; s < ofSpan.length; s++) {
        if (ofSpan[s] === 0) continue;
        span = s;
        if (left < ofSpan[s]!) break;
        left -= ofSpan[s]!;
      }
      const end = Math.min((span + 1) * SPAN, n);
      let last = 0;
      for (let i = span * SPAN; i < end; i++) {
        if (ofRow[i] === 0) continue;
        last = i;
        left -= ofRow[i]!;
        if (left < 0) return i;
      }
      return last; // rounding left a crumb: the last row of the span that can be drawn
    },
  };
}

/** Σ max(potential − found, 0). g + |g| is 2 max(g, 0), and no branch. */
function sumOfGains(potentials: Float64Array, start: number, end: number, found: Float64Array): number {
  let twice = 0;
  for (let i = start; i < end; i++) {
    const gain = potentials[i]! - found[i - start]!;
    twice += gain + Math.abs(gain);
  }
  return twice / 2;
}

/** Squared distances of rows to a point, four features at a time for all rows. */
function squaredDistances(
  data: Float64Array,
  start: number,
  end: number,
  point: Float64Array,
  scales: Float64Array,
  out: Float64Array,
): void {
  const d = point.length;
  const rows = end - start;
  for (let i = 0; i < rows; i++) out[i] = 0;
  let j = 0;
  for (; j + 3 < d; j += 4) {
    const [p0, p1, p2, p3] = [point[j]!, point[j + 1]!, point[j + 2]!, point[j + 3]!];
    const [s0, s1, s2, s3] = [scales[j]!, scales[j + 1]!, scales[j + 2]!, scales[j + 3]!];
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p0) * s0;
      const b = (data[at + 1]! - p1) * s1;
      const c = (data[at + 2]! - p2) * s2;
      const e = (data[at + 3]! - p3) * s3;
      out[i]! += a * a + b * b + (c * c + e * e);
    }
  }
  for (; j + 1 < d; j += 2) {
    const [p0, p1] = [point[j]!, point[j + 1]!];
    const [s0, s1] = [scales[j]!, scales[j + 1]!];
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p0) * s0;
      const b = (data[at + 1]! - p1) * s1;
      out[i]! += a * a + b * b;
    }
  }
  for (; j < d; j++) {
    const p = point[j]!;
    const s = scales[j]!;
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p) * s;
      out[i]! += a * a;
    }
  }
}

/** The same with weights, only for rows that the point may be nearer to than their nearest chosen one. */
function measureInReach(
  data: Float64Array,
  start: number,
  end: number,
  point: Float64Array,
  scales: Float64Array,
  potentials: Float64Array,
  nearest: Int32Array,
  apart: Float64Array,
  rowWeights: Float64Array | undefined,
  out: Float64Array,
): void {
  const d = point.length;
  for (let i = start; i < end; i++) {
    const weight = rowWeights === undefined ? 1 : rowWeights[i]!;
    const potential = potentials[i]!;
    out[i - start] = apart[nearest[i]!]! * weight >= potential ? potential : weight * squaredDistance(data, i * d, point, scales);
  }
}

/** The squared distance between a point and the numbers at `at`. */
function squaredDistance(data: Float64Array, at: number, point: Float64Array, scales: Float64Array): number {
  const d = point.length;
  let sum = 0;
  let j = 0;
  for (; j + 3 < d; j += 4) {
    const a = (data[at + j]! - point[j]!) * scales[j]!;
    const b = (data[at + j + 1]! - point[j + 1]!) * scales[j + 1]!;
    const c = (data[at + j + 2]! - point[j + 2]!) * scales[j + 2]!;
    const e = (data[at + j + 3]! - point[j + 3]!) * scales[j + 3]!;
    sum += a * a + b * b + (c * c + e * e);
  }
  for (; j < d; j++) {
    const difference = (data[at + j]! - point[j]!) * scales[j]!;
    sum += difference * difference;
  }
  return sum;
}
