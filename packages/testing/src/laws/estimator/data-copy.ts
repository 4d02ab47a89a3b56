import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** How a copy of the subject's data came about, for starts that must move along. */
export interface DataCopy {
  /** Which rows of the data the copy holds, in its order. */
  readonly rows: Int32Array;
  /** What each feature was multiplied by. */
  readonly scale: readonly number[];
  /** Whether something was added to every value. */
  readonly shifted: boolean;
  /** The position of a feature's value in the copy. */
  moved(value: number, feature: number): number;
}

/** What is done to the data. */
export interface Change {
  readonly rows?: Int32Array;
  readonly scale?: readonly number[];
  /** Added to every value, after scaling. */
  readonly shift?: number;
}

/** A copy of rows, changed, and how it came about. */
export function copyOf(
  data: Matrix,
  { rows = everyRow(data.rows), scale = Array.from({ length: data.columns }, () => 1), shift = 0 }: Change = {},
): {
  readonly X: Matrix;
  readonly copy: DataCopy;
} {
  const { columns } = data;
  const moved = (value: number, feature: number): number => onGrid(value) * scale[feature]! + shift;
  const out = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    for (let j = 0; j < columns; j++) out[i * columns + j] = moved(data.data[row * columns + j]!, j);
  });
  return { X: matrix(out, rows.length, columns), copy: { rows, scale, shifted: shift !== 0, moved } };
}

/** 0 … n−1. */
export function everyRow(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}

/** The nearest multiple of 2⁻²⁶: below 2²⁶ such numbers can be moved by 1e8 without rounding. */
function onGrid(value: number): number {
  return Math.round(value * 2 ** 26) / 2 ** 26;
}

/** The listed columns. */
export function columnsOf(data: Matrix, columns: readonly number[]): Matrix {
  const out = new Float64Array(data.rows * columns.length);
  for (let i = 0; i < data.rows; i++) columns.forEach((column, j) => (out[i * columns.length + j] = data.data[i * data.columns + column]!));
  return matrix(out, data.rows, columns.length);
}

/** Rows as plain arrays. */
export function rowsOf(data: Matrix): number[][] {
  return Array.from({ length: data.rows }, (_, i) => [...data.data.subarray(i * data.columns, (i + 1) * data.columns)]);
}

/** The mean and the standard deviation of every column. */
export function spreadOf(data: Matrix): { readonly mean: readonly number[]; readonly deviation: readonly number[] } {
  const columns = Array.from({ length: data.columns }, (_, j) =>
    Array.from({ length: data.rows }, (_, i) => data.data[i * data.columns + j]!),
  );
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value / values.length, 0));
  const deviation = columns.map((values, j) => Math.sqrt(values.reduce((sum, value) => sum + (value - mean[j]!) ** 2 / values.length, 0)));
  return { mean, deviation };
}

/** More rows of the same kind: rows drawn from the data, each moved by a twentieth of a standard deviation. Seeded. */
export function enlarged(data: Matrix, rows: number): Matrix {
  const random = createRandom(11);
  const { deviation } = spreadOf(data);
  const { columns } = data;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = random.integer(data.rows);
    for (let j = 0; j < columns; j++) out[i * columns + j] = data.data[from * columns + j]! + 0.05 * deviation[j]! * random.normal();
  }
  return matrix(out, rows, columns);
}

/** The columns brought to mean 0 and variance 1. */
export function standardised(data: Matrix): Matrix {
  const { columns } = data;
  const { mean, deviation } = spreadOf(data);
  return matrix(
    data.data.map((value, at) => (value - mean[at % columns]!) / deviation[at % columns]!),
    data.rows,
    columns,
  );
}
