import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { normalQuantile } from "@mixtura/distributions";
import { counting } from "../order/counting.ts";
import { sortByColumn } from "../order/sort-by-column.ts";

/** tanh of every value: far ones count as ±1. */
export async function hyperbolicTangents({ data, rows, columns }: Matrix, out: Float64Array, pace: Pace): Promise<void> {
  await inStrides(rows, pace, (start, end) => {
    for (let at = start * columns; at < end * columns; at++) out[at] = Math.tanh(data[at]!);
  });
}

/** Every row divided by its length: only its direction counts. */
export async function spatialSigns({ data, rows, columns }: Matrix, out: Float64Array, pace: Pace): Promise<void> {
  await inStrides(rows, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const at = i * columns;
      const length = Math.sqrt(squaredLength(data, at, columns));
      for (let j = 0; j < columns; j++) out[at + j] = length > 0 ? data[at + j]! / length : 0;
    }
  });
}

/** ‖z‖² of each row. */
export async function squaredLengths({ data, rows, columns }: Matrix, pace: Pace): Promise<Float64Array> {
  const out = new Float64Array(rows);
  await inStrides(rows, pace, (start, end) => {
    for (let i = start; i < end; i++) out[i] = squaredLength(data, i * columns, columns);
  });
  return out;
}

function squaredLength(data: Float64Array, at: number, columns: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += data[at + j]! * data[at + j]!;
  return sum;
}

/** The rank of every value in its column, from 1; equal values get the mean of their ranks. */
export async function ranks({ data, rows, columns }: Matrix, out: Float64Array, pace: Pace): Promise<void> {
  const order = counting(rows);
  const valueAt = (place: number, j: number): number => data[order[place]! * columns + j]!;
  for (let j = 0; j < columns; j++) {
    await sortByColumn(order, data, columns, j, pace);
    for (let first = 0, next = 1; next <= rows; next++) {
      if (next < rows && valueAt(next, j) === valueAt(first, j)) continue;
      const rank = (first + 1 + next) / 2;
      for (let t = first; t < next; t++) out[order[t]! * columns + j] = rank;
      first = next;
    }
    if (pace.due()) await pace.turn();
  }
}

/** The standard normal quantiles of ranks, in place. */
export async function normalScores(ranksOfRows: Float64Array, rows: number, pace: Pace): Promise<void> {
  await inStrides(ranksOfRows.length, pace, (start, end) => {
    for (let at = start; at < end; at++) ranksOfRows[at] = normalQuantile((ranksOfRows[at]! - 1 / 3) / (rows + 1 / 3));
  });
}
