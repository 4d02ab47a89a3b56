import type { Matrix } from "@mixtura/core";
import { percent } from "@mixtura/wording/internal";
import { NARROWEST } from "../stage/scale.ts";
import type { View } from "../state/state.ts";
import { principalAxes } from "./principal-axes.ts";

/** A plane to look at rows in: across and up are `weights` · (x − centre). */
export interface Projection {
  /** 2×d, row after row. */
  readonly weights: Float64Array;
  readonly centre: Float64Array;
  readonly names: readonly [string, string];
  /** The features shown, where the plane is made of two. */
  readonly features: readonly [number, number] | undefined;
  /** d×2: a point of the plane as a row, on top of `centre`; what is not shown stays at its centre. */
  readonly back: Float64Array;
}

/** Rows that principal components are worked out from. */
const SAMPLE = 2000;

/** The plane of a view; `names` has a name for every feature. */
export function projectionOf(X: Matrix, names: readonly string[], view: View): Projection {
  if (view.kind === "principal" && X.columns > 1) return principal(X);
  const [across, up] = view.kind === "plane" ? [view.across, view.up] : [0, 1];
  return plane(X, names, Math.min(across, X.columns - 1), Math.min(up, X.columns - 1));
}

function plane(X: Matrix, names: readonly string[], across: number, up: number): Projection {
  const d = X.columns;
  const weights = new Float64Array(2 * d);
  weights[across] = 1;
  weights[d + up] = 1;
  const back = new Float64Array(2 * d);
  back[2 * across] = 1;
  back[2 * up + 1] = 1;
  const centre = mediansOf(X);
  centre[across] = 0;
  centre[up] = 0;
  return { weights, centre, names: [names[across]!, names[up]!], features: [across, up], back };
}

function principal(X: Matrix): Projection {
  const d = X.columns;
  const rows = sampled(X.rows);
  const centre = new Float64Array(d);
  for (const row of rows) for (let j = 0; j < d; j++) centre[j]! += X.data[row * d + j]! / rows.length;
  // Features have units of their own: each counts by its standard deviation, and one whose spread cannot be drawn not at all.
  const deviations = Float64Array.from(centre, (middle, j) => deviationOf(X, rows, j, middle));
  const scale = deviations.map((value) => (value >= NARROWEST ? value : 1));
  const standardised = new Float64Array(rows.length * d);
  for (const [at, row] of rows.entries()) {
    for (let j = 0; j < d; j++)
      standardised[at * d + j] = deviations[j]! < NARROWEST ? 0 : 2 * ((X.data[row * d + j]! / 2 - centre[j]! / 2) / scale[j]!);
  }
  const { values, vectors } = principalAxes(standardised, rows.length, d);
  // The variance of all features: 1 for each that is spread.
  const total = standardised.reduce((sum, value) => sum + value * value, 0) / rows.length || 1;
  const weights = new Float64Array(2 * d);
  const back = new Float64Array(2 * d);
  const fraction = (axis: number): string => percent(values[axis]! / total);
  for (let axis = 0; axis < 2; axis++) {
    // Of the two directions an axis may have, the one along which more features grow.
    const vector = vectors[axis]!;
    const sign = vector.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
    for (let j = 0; j < d; j++) {
      const value = sign * vector[j]!;
      weights[axis * d + j] = value / scale[j]!;
      back[2 * j + axis] = value * scale[j]!;
    }
  }
  return {
    weights,
    centre,
    names: [`first principal component (${fraction(0)})`, `second principal component (${fraction(1)})`],
    features: undefined,
    back,
  };
}

/** The standard deviation of a feature, by parts of the largest deviation: squares of values from 1e-320 to 1e308 are no doubles. */
function deviationOf({ data, columns }: Matrix, rows: readonly number[], feature: number, centre: number): number {
  const values = rows.map((row) => data[row * columns + feature]!);
  // The mean of equal values is not theirs to the last digit.
  if (values.every((value) => value === values[0])) return 0;
  const halves = values.map((value) => Math.abs(value / 2 - centre / 2));
  const most = halves.reduce((largest, half) => Math.max(largest, half), 0);
  if (most === 0) return 0;
  const squares = halves.reduce((total, half) => total + (half / most) ** 2, 0);
  return Math.min(Number.MAX_VALUE, 2 * most * Math.sqrt(squares / rows.length));
}

function sampled(count: number): number[] {
  const stride = Math.max(1, count / SAMPLE);
  return Array.from({ length: Math.min(count, SAMPLE) }, (_, index) => Math.floor(index * stride));
}

/** The middle value of each feature, of a sample of the rows; 0 where there are none. */
export function mediansOf(X: Matrix): Float64Array {
  const rows = sampled(X.rows);
  return Float64Array.from({ length: X.columns }, (_, j) => {
    const values = Float64Array.from(rows, (row) => X.data[row * X.columns + j]!).sort();
    return values.length === 0 ? 0 : values[values.length >> 1]!;
  });
}

/** The least and the largest value of each feature, of a sample of the rows; 0 and 10, where a hand draws, where there are none. */
export function rangesOf(X: Matrix): (readonly [low: number, high: number])[] {
  const rows = sampled(X.rows);
  return Array.from({ length: X.columns }, (_, j) => {
    if (rows.length === 0) return [0, 10];
    let [low, high] = [Infinity, -Infinity];
    for (const row of rows) {
      low = Math.min(low, X.data[row * X.columns + j]!);
      high = Math.max(high, X.data[row * X.columns + j]!);
    }
    return [low, high];
  });
}

/** All rows in the plane, n×2. */
export function projected(X: Matrix, { weights, centre, features }: Projection): Float64Array {
  const d = X.columns;
  const out = new Float64Array(2 * X.rows);
  if (features !== undefined) {
    const [across, up] = features;
    for (let row = 0; row < X.rows; row++) {
      out[2 * row] = X.data[row * d + across]!;
      out[2 * row + 1] = X.data[row * d + up]!;
    }
    return out;
  }
  for (let row = 0; row < X.rows; row++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < d; j++) {
      const half = X.data[row * d + j]! / 2 - centre[j]! / 2;
      x += weights[j]! * half;
      y += weights[d + j]! * half;
    }
    out[2 * row] = 2 * x;
    out[2 * row + 1] = 2 * y;
  }
  return out;
}

/** The row that a point of the plane stands for. */
export function rowAt({ centre, back }: Projection, x: number, y: number, out = new Float64Array(centre.length)): Float64Array {
  for (let j = 0; j < centre.length; j++) out[j] = centre[j]! + back[2 * j]! * x + back[2 * j + 1]! * y;
  return out;
}
