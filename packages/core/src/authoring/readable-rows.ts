// Rows of which some may be bad, for the batch methods of detectors.
import type { NotJudgedRow } from "../capabilities/batch-context.ts";
import { isMixturaError, MixturaError } from "../errors.ts";
import type { FittedModel } from "../estimator.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { Pace } from "../pace.ts";

/** The rows that can be judged, and what is wrong with the others. */
export interface ReadableRows {
  /** The good rows, in their order; absent where there are none. */
  readonly X: Matrix | undefined;
  /** All rows, good and bad. */
  readonly rows: number;
  readonly bad: readonly NotJudgedRow[];
}

/** What one bad row may be refused for; what is wrong with all rows alike is an error. */
const OF_A_ROW = ["not-finite", "invalid-shape", "feature-mismatch"] as const;

/**
 * The rows given to a model's method, checked one by one where they do not all pass together.
 *
 * @param read makes a matrix of rows, of all or of one
 * @throws MixturaError what `read` throws, for bad rows of another form than lists, records, a matrix or an array of numbers, and for no rows
 */
export async function readableRows(
  { type, featureCount, featureNames }: FittedModel,
  method: string,
  X: MatrixLike,
  read: (X: MatrixLike) => Matrix,
  pace: Pace,
): Promise<ReadableRows> {
  try {
    const all = read(X);
    return { X: all, rows: all.rows, bad: [] };
  } catch (error) {
    if (!OF_A_ROW.some((code) => isMixturaError(error, code))) throw error;
    const rowAt = rowsOneByOne(X, featureCount);
    if (rowAt === undefined) throw error;
    return oneByOne(rowAt, read, { caller: `${type}.${method}`, columns: featureCount, featureNames }, pace);
  }
}

interface RowsOneByOne {
  readonly rows: number;
  readonly at: (row: number) => MatrixLike;
}

/** Rows that can be taken one by one, as what can be read by itself. */
function rowsOneByOne(X: MatrixLike, width: number): RowsOneByOne | undefined {
  if (Array.isArray(X)) return X.length === 0 ? undefined : { rows: X.length, at: (row) => [X[row]] as MatrixLike };
  if (X instanceof Float64Array) return { rows: X.length, at: (row) => X.subarray(row, row + 1) };
  const { data, rows, columns, featureNames } = X as Matrix;
  if (!(data instanceof Float64Array) || data.length !== rows * columns || rows === 0 || columns < width) return undefined;
  const names = featureNames === undefined ? {} : { featureNames };
  return { rows, at: (row) => ({ data: data.subarray(row * columns, (row + 1) * columns), rows: 1, columns, ...names }) };
}

async function oneByOne(
  { rows, at }: RowsOneByOne,
  read: (row: MatrixLike) => Matrix,
  {
    caller,
    columns,
    featureNames,
  }: { readonly caller: string; readonly columns: number; readonly featureNames: readonly string[] | undefined },
  pace: Pace,
): Promise<ReadableRows> {
  const data = new Float64Array(rows * columns);
  const bad: NotJudgedRow[] = [];
  let good = 0;
  for (let row = 0; row < rows; row++) {
    try {
      data.set(read(at(row)).data, good * columns);
      good++;
    } catch (error) {
      if (!(error instanceof MixturaError)) throw error;
      // Each row is read by itself, so that it is called the first.
      bad.push({ row, reason: error.message.replace(`${caller}: `, "").replace(/^row 0,? /, "") });
    }
    if (row % 64 === 63 && pace.due()) await pace.turn();
  }
  const names = featureNames === undefined ? {} : { featureNames };
  return { X: good === 0 ? undefined : { data: data.subarray(0, good * columns), rows: good, columns, ...names }, rows, bad };
}

/** Values of the good rows, with NaN in the places of the others. */
export function withBadRows(values: Float64Array, { rows, bad }: ReadableRows): Float64Array {
  if (bad.length === 0) return values;
  const all = new Float64Array(rows).fill(NaN);
  let [good, left] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (bad[left]?.row === row) left++;
    else all[row] = values[good++]!;
  }
  return all;
}
