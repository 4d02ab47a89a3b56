import type { Matrix } from "@mixtura/core";
import type { Projection } from "../data/projection.ts";

type Sides = readonly [left: number, bottom: number, right: number, top: number];

/** Bounds per feature: those of the two that are shown, and none for the others. */
export function boxOfRows({ features, centre }: Projection, [left, bottom, right, top]: Sides): { lower: number[]; upper: number[] } {
  const lower = Array.from(centre, () => -Infinity);
  const upper = Array.from(centre, () => Infinity);
  const [across, up] = features!;
  lower[across] = left;
  upper[across] = right;
  lower[up] = Math.max(bottom, across === up ? left : -Infinity);
  upper[up] = Math.min(top, across === up ? right : Infinity);
  return { lower, upper };
}

/** The fraction of the rows that lie inside. */
export function fractionInside(
  { data, rows, columns }: Matrix,
  [across, up]: readonly [number, number],
  [left, bottom, right, top]: Sides,
): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const x = data[row * columns + across]!;
    const y = data[row * columns + up]!;
    if (x >= left && x <= right && y >= bottom && y <= top) count++;
  }
  return rows === 0 ? 0 : count / rows;
}
