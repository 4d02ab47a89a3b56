import { directionsOf } from "../starts/directions.ts";
import type { PassBackend } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";

/** Coordinates for rows that are no more than their columns: along the directions in which they differ. */
export interface Reduction {
  readonly rows: Matrix;
  /** Where the coordinates are 0, p numbers. */
  readonly origin: Float64Array;
  /** One after the other, each p numbers, orthonormal. */
  readonly directions: Float64Array;
}

/**
 * Rows in coordinates along the r ≤ n − 1 directions in which they differ at all. Distances between them stay what they are, so that searches with the
 * identity as their target give the same subsets, in O(r³) instead of O(p³) per step.
 */
export async function reduced(rows: Matrix, backend: PassBackend, pace: Pace): Promise<Reduction> {
  const { data, rows: n, columns: p } = rows;
  const origin = new Float64Array(p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) origin[j]! += data[i * p + j]! / n;
  const { vectors, count } = await directionsOf({ ...rows, data: data.slice() }, "covariance", backend, pace);
  const r = Math.max(1, count);
  const directions = count === 0 ? unit(p) : vectors;
  const out = new Float64Array(n * r);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < r; k++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += (data[i * p + j]! - origin[j]!) * directions[k * p + j]!;
      out[i * r + k] = sum;
    }
    if (pace.due()) await pace.turn();
  }
  return { rows: { data: out, rows: n, columns: r }, origin, directions };
}

/** A location and a covariance in all p coordinates; in directions without rows the covariance is `rest`. */
export function restored(
  { origin, directions }: Reduction,
  location: Float64Array,
  covariance: Float64Array,
  rest: number,
): { readonly location: Float64Array; readonly covariance: Float64Array } {
  const p = origin.length;
  const r = location.length;
  const place = origin.slice();
  for (let k = 0; k < r; k++) for (let j = 0; j < p; j++) place[j]! += location[k]! * directions[k * p + j]!;
  // rest · I + V (K − rest · I) Vᵀ
  const half = new Float64Array(r * p);
  for (let k = 0; k < r; k++) {
    for (let l = 0; l < r; l++) {
      const scale = covariance[k * r + l]! - (k === l ? rest : 0);
      for (let j = 0; j < p; j++) half[k * p + j]! += scale * directions[l * p + j]!;
    }
  }
  const whole = new Float64Array(p * p);
  for (let k = 0; k < r; k++) {
    for (let i = 0; i < p; i++) {
      const scale = directions[k * p + i]!;
      for (let j = 0; j <= i; j++) whole[i * p + j]! += scale * half[k * p + j]!;
    }
  }
  for (let i = 0; i < p; i++) {
    whole[i * p + i]! += rest;
    for (let j = 0; j < i; j++) whole[j * p + i] = whole[i * p + j]!;
  }
  return { location: place, covariance: whole };
}

function unit(p: number): Float64Array {
  const vector = new Float64Array(p);
  vector[0] = 1;
  return vector;
}
