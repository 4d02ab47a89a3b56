import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { forEachRow } from "@mixtura/core/authoring";

/**
 * Rows to be centres: the one farthest from the mean, then always the one farthest from all before it, until there are enough or every row is one.
 *
 * @returns k×d, k ≤ count
 * @remarks O(n·k·d) time, O(n) numbers.
 * @see Gonzalez, Clustering to minimize the maximum intercluster distance (1985)
 */
export async function farthestFirst(X: Matrix, count: number, pace: Pace): Promise<Float64Array> {
  const { data, rows, columns: d } = X;
  const mean = await meanOf(X, pace);
  const distances = new Float64Array(rows).fill(Infinity);
  const chosen: number[] = [];
  let farthest = await widen(X, mean, 0, new Float64Array(rows).fill(Infinity), pace);
  for (;;) {
    chosen.push(farthest);
    if (chosen.length === count) break;
    farthest = await widen(X, data, farthest * d, distances, pace);
    if (!(distances[farthest]! > 0)) break;
  }
  return Float64Array.from(chosen.flatMap((row) => [...data.subarray(row * d, (row + 1) * d)]));
}

/** Brings down the squared distances of all rows to the nearest centre so far; returns the row of the largest, the first of equals. */
async function widen(
  { data, rows, columns: d }: Matrix,
  centres: Float64Array,
  at: number,
  distances: Float64Array,
  pace: Pace,
): Promise<number> {
  let farthest = 0;
  await forEachRow(rows, d, pace, (row) => {
    const distance = Math.min(distances[row]!, squaredDistance(data, row * d, centres, at, d));
    distances[row] = distance;
    if (distance > distances[farthest]!) farthest = row;
  });
  return farthest;
}

async function meanOf({ data, rows, columns: d }: Matrix, pace: Pace): Promise<Float64Array> {
  const mean = new Float64Array(d);
  await forEachRow(rows, d, pace, (row) => {
    for (let j = 0; j < d; j++) mean[j]! += (data[row * d + j]! - mean[j]!) / (row + 1);
  });
  return mean;
}

/** ‖a − b‖² of two rows that start at cells. */
export function squaredDistance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, k: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += (a[i + j]! - b[k + j]!) ** 2;
  return sum;
}
