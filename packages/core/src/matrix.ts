import { MixturaError, show } from "./errors.ts";

/** A dense matrix of doubles, row after row. Rows are samples, columns are features. */
export interface Matrix {
  /** Length `rows × columns`; element (i, j) is at `i × columns + j`. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly featureNames?: readonly string[];
}

/** A matrix that a backend holds ready; passing it instead of the data spares packing and uploading it again. */
export interface UploadedMatrix extends AsyncDisposable {
  readonly rows: number;
  readonly columns: number;
  readonly featureNames?: readonly string[];
  /** Name of the backend that holds it. Another backend reads {@link UploadedMatrix.host} instead. */
  readonly backendName: string;
  /** The rows on the host, not copied. */
  readonly host: Matrix;
}

/** The part of an Arrow table (apache-arrow, flechette, arquero's) that is read. */
export interface ArrowTableLike {
  readonly numRows: number;
  readonly numCols: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  /** The column at an index. */
  getChildAt(index: number): ArrowColumnLike | null | undefined;
}

/** The part of an Arrow column that is read. */
export interface ArrowColumnLike {
  readonly length: number;
  readonly nullCount?: number;
  /** One cell. For a column with nulls one of `get` and `at` is called. */
  get?(index: number): unknown;
  /** One cell, where there is no `get`. */
  at?(index: number): unknown;
  /** All cells; values in place of nulls do not matter. */
  toArray(): ArrayLike<unknown>;
}

/** A matrix with an accessor, such as ml-matrix's `Matrix`. */
export interface MatrixWithGetter {
  readonly rows: number;
  readonly columns: number;
  /** One element. */
  get(row: number, column: number): number;
}

/**
 * A field of a record: a number, a boolean (1 or 0), an integer within ±2⁵³ as a bigint, or, where a call is asked for it with `numericStrings: true`, a
 * decimal number as text, as drivers of databases give them. Fields that a model does not know may hold anything.
 */
export type RecordField = number | boolean | bigint | string | Date | null | undefined;

/** Every shape of data that a call accepts. Row-major `Float64Array` data is used as it is, all else is copied once. */
export type MatrixLike =
  | Matrix
  | readonly (readonly number[])[]
  | readonly Float64Array[]
  | Float64Array
  | MatrixWithGetter
  | ArrowTableLike
  | readonly Readonly<Record<string, RecordField>>[]
  | UploadedMatrix;

/**
 * Wraps row-major data as a {@link Matrix}, without copying.
 *
 * @param data length `rows × columns`
 * @throws MixturaError `invalid-shape` when the sizes disagree
 * @example
 * ```ts run
 * matrix(Float64Array.of(1, 2, 3, 4, 5, 6), 3, 2).columns // => 2
 * ```
 */
export function matrix(data: Float64Array, rows: number, columns: number, featureNames?: readonly string[]): Matrix {
  const isSized = Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0;
  if (!isSized || !(data instanceof Float64Array) || data.length !== rows * columns) {
    const expected = `${show(rows)} rows × ${show(columns)} columns`;
    const found = data instanceof Float64Array ? `${data.length}` : show(data);
    const needed = isSized
      ? `${rows * columns} numbers${data instanceof Float64Array ? "" : " in a Float64Array"}`
      : "whole numbers of both";
    throw new MixturaError("invalid-shape", `A matrix of ${expected} needs ${needed}, found ${found}.`, { expected, found });
  }
  if (featureNames !== undefined && !(Array.isArray(featureNames) && featureNames.length === columns)) {
    const found = Array.isArray(featureNames) ? `${featureNames.length}` : show(featureNames);
    const expected = `${columns} feature names`;
    throw new MixturaError("invalid-shape", `A matrix of ${columns} columns needs ${expected}, found ${found}.`, { expected, found });
  }
  return featureNames === undefined ? { data, rows, columns } : { data, rows, columns, featureNames };
}

/**
 * A new matrix of zeros.
 *
 * @example
 * ```ts run
 * zeros(1, 3) // => { data: [0, 0, 0], rows: 1, columns: 3 }
 * ```
 */
export function zeros(rows: number, columns: number): Matrix {
  return { data: new Float64Array(rows * columns), rows, columns };
}

/**
 * Rows `start` (included) to `end` (left out) as a view on the same memory.
 *
 * @example
 * ```ts run
 * const X = matrix(Float64Array.of(1, 2, 3, 4, 5, 6), 3, 2);
 * rowRange(X, 1, 3).data // => [3, 4, 5, 6]
 * rowRange(X, 1, 3).data.buffer === X.data.buffer // => true
 * ```
 */
export function rowRange(m: Matrix, start: number, end: number): Matrix {
  const { columns, featureNames } = m;
  return matrix(m.data.subarray(start * columns, end * columns), end - start, columns, featureNames);
}
