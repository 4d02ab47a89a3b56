import { allocated } from "../allocate.ts";
import { listed, MixturaError, show } from "../errors.ts";
import type { ArrowTableLike, Matrix, MatrixLike, MatrixWithGetter, RecordField, UploadedMatrix } from "../matrix.ts";
import { present } from "../present.ts";
import { matrix } from "../matrix.ts";
import { checkFeatureNames } from "../feature-names.ts";
import { fromArrow } from "./arrow.ts";
import { fromRecords } from "./records.ts";
import { badCell, fromRows, numberAt } from "./rows.ts";

/** What a conversion is asked to respect. */
export interface ConversionOptions {
  /** The caller, for error texts: "GaussianMixture.fit". */
  readonly caller: string;
  /** A fitted model's features. Data that names its columns is matched by name, other data by count. */
  readonly features?: { readonly count: number; readonly names?: readonly string[] };
  /** Whether fields of records may be decimal numbers as text, `"12.50"`, as drivers of databases give them. Default false. */
  readonly numericStrings?: boolean | undefined;
}

/**
 * Any accepted shape of data as a row-major {@link Matrix} of finite numbers.
 *
 * A `Matrix` whose columns are already in order, an `UploadedMatrix` and a `Float64Array` (one feature) are not copied;
 * everything else is copied once. The input is never written to.
 *
 * @throws MixturaError `invalid-shape` (ragged, empty or unknown shape), `not-finite` (names row and column), `feature-mismatch`
 * @remarks O(rows × columns) time.
 * @example
 * ```ts run
 * toMatrix([{ a: 1, b: 2 }, { a: 3, b: 4 }], { caller: "example" })
 *   .featureNames // => ["a", "b"]
 * toMatrix([{ paid: true, amount: "12.50" }], {
 *   caller: "example",
 *   numericStrings: true,
 * }).data // => Float64Array.of(1, 12.5)
 * toMatrix([{ paid: true, amount: "12.50" }], { caller: "example" })
 * // throws not-finite
 * ```
 */
export function toMatrix(X: MatrixLike, options: ConversionOptions): Matrix {
  const { caller = "toMatrix", features, numericStrings } = (typeof options === "object" && options) || ({} as Partial<ConversionOptions>);
  const converted = convert(X, { caller, ...present({ features }), numericStrings });
  if (converted.rows === 0 || converted.columns === 0) {
    throw new MixturaError(
      "invalid-shape",
      `${caller}: the data is empty (${converted.rows} rows × ${converted.columns} columns). Pass at least one row with one number.`,
      {
        expected: "at least 1 row and 1 column",
        found: `${converted.rows} × ${converted.columns}`,
      },
    );
  }
  checkFeatureNames(converted.featureNames, caller);
  const aligned = features === undefined ? converted : align(converted, features, caller);
  checkFinite(aligned, caller);
  return aligned;
}

/**
 * Throws `not-finite` at the first NaN or infinite cell.
 *
 * @param firstRow added to the row number in the message, for data that comes in blocks
 * @throws MixturaError `not-finite` (names row and column, and the feature where it has a name)
 * @remarks O(rows × columns) time, no memory.
 * @example
 * ```ts run
 * checkFinite(matrix(Float64Array.of(1, NaN), 1, 2), "example")
 * // throws not-finite
 * ```
 */
export function checkFinite(m: Matrix, caller: string, firstRow = 0): void {
  const { data, columns } = m;
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!;
    if (value - value === 0) continue; // false for NaN and for ±Infinity
    const column = index % columns;
    const row = firstRow + (index - column) / columns;
    throw badCell(caller, row, column, m.featureNames?.[column], value, `is ${value}. Remove the row or fill in the value first.`);
  }
}

/**
 * Whether a value is an {@link UploadedMatrix}.
 *
 * @example
 * ```ts run
 * const X = zeros(2, 2);
 * isUploadedMatrix(X) // => false
 * isUploadedMatrix(await referenceBackend.matrix(X)) // => true
 * ```
 */
export function isUploadedMatrix(X: unknown): X is UploadedMatrix {
  return typeof X === "object" && X !== null && "backendName" in X && "host" in X;
}

function convert(X: MatrixLike, reading: ConversionOptions): Matrix {
  const { caller, features } = reading;
  const value = X as unknown;
  if (isUploadedMatrix(value)) {
    if (typeof value.host !== "object" || value.host === null) throw unknownShape(caller, value);
    const { data, rows, columns, featureNames } = value.host;
    matrix(data, rows, columns, featureNames);
    return value.host;
  }
  if (value instanceof Float64Array) return { data: value, rows: value.length, columns: 1 };
  if (Array.isArray(value)) return fromArray(value, reading);
  if (typeof value === "object" && value !== null) {
    if ("data" in value && value.data instanceof Float64Array) {
      const m = value as Matrix;
      return matrix(m.data, m.rows, m.columns, m.featureNames);
    }
    if ("get" in value && "rows" in value && "columns" in value && typeof value.get === "function")
      return fromGetter(value as MatrixWithGetter, caller);
    if ("numRows" in value && "getChildAt" in value) return fromArrow(value as ArrowTableLike, caller, features?.names);
  }
  throw unknownShape(caller, value);
}

function fromArray(value: readonly unknown[], reading: ConversionOptions): Matrix {
  const { caller } = reading;
  const first = value[0];
  if (first === undefined) return { data: new Float64Array(0), rows: 0, columns: 0 };
  if (Array.isArray(first) || ArrayBuffer.isView(first)) return fromRows(value as readonly number[][], caller);
  if (typeof first === "object" && first !== null) return fromRecords(value as readonly Record<string, RecordField>[], reading);
  throw unknownShape(caller, value);
}

function fromGetter(source: MatrixWithGetter, caller: string): Matrix {
  const { rows, columns } = source;
  if (![rows, columns].every((size) => Number.isInteger(size) && size >= 0)) throw unknownShape(caller, source);
  // What lies about its size has no last number; it is asked before memory is taken.
  if (rows * columns > 0) numberAt(source.get(rows - 1, columns - 1), rows - 1, columns - 1, caller);
  const data = allocated(rows * columns, caller);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = numberAt(source.get(i, j), i, j, caller);
  return { data, rows, columns };
}

function unknownShape(caller: string, value: unknown): MixturaError {
  const hint =
    Array.isArray(value) && typeof value[0] === "number"
      ? " For one row pass [row], for one feature Float64Array.from(values) or [[v], [v], …]."
      : "";
  return new MixturaError(
    "invalid-shape",
    `${caller}: cannot read ${show(value)} as rows of numbers. Pass an array of rows, records, a Matrix, a Float64Array or an Arrow table.${hint}`,
    { expected: "a MatrixLike", found: show(value) },
  );
}

/** Columns in the model's order: by name when both sides have names, by count otherwise. */
function align(m: Matrix, features: { count: number; names?: readonly string[] }, caller: string): Matrix {
  const { count, names } = features;
  if (names === undefined || m.featureNames === undefined) {
    if (m.columns === count) return m;
    throw new MixturaError("feature-mismatch", `${caller}: the model was fitted on ${count} features, the data has ${m.columns}.`, {
      expected: names ?? count,
      found: m.featureNames ?? m.columns,
    });
  }
  const present = m.featureNames;
  const at = new Map(present.map((name, index) => [name, index]));
  const source = names.map((name) => at.get(name) ?? -1);
  const missing = names.filter((name) => !at.has(name));
  if (missing.length > 0) {
    throw new MixturaError(
      "feature-mismatch",
      `${caller}: the data lacks the feature ${listed(missing.map(show))}. It has ${listed(present)}.`,
      {
        expected: names,
        found: present,
      },
    );
  }
  if (m.columns === count && source.every((from, to) => from === to)) return m;
  const data = new Float64Array(m.rows * count);
  for (let i = 0; i < m.rows; i++) for (let j = 0; j < count; j++) data[i * count + j] = m.data[i * m.columns + source[j]!]!;
  return { data, rows: m.rows, columns: count, featureNames: names };
}
