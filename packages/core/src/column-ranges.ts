import type { Matrix } from "./matrix.ts";
import type { FieldReader } from "./model-json.ts";
import { weightedQuantile } from "./sorted.ts";

/** What the columns of a fit's rows range over, feature by feature; rows of weight 0 do not count. */
export interface ColumnRanges {
  readonly minimum: readonly number[];
  /** Of a sample of the rows, spread evenly over them. */
  readonly median: readonly number[];
  readonly maximum: readonly number[];
}

/** Rows that medians are found among. */
const SAMPLED = 1024;

/** The ranges of rows in memory; nothing where no row counts. O(n·d). */
export function columnRangesOf({ data, rows, columns }: Matrix, weights: Float64Array | undefined): ColumnRanges | undefined {
  const minimum = new Float64Array(columns).fill(Infinity);
  const maximum = new Float64Array(columns).fill(-Infinity);
  const counted = weights === undefined ? rows : weights.reduce((count, weight) => count + Number(weight > 0), 0);
  if (counted === 0) return undefined;
  const stride = Math.ceil(counted / SAMPLED);
  const sampled: number[] = [];
  for (let row = 0, seen = 0; row < rows; row++) {
    if (weights?.[row] === 0) continue;
    if (seen++ % stride === 0) sampled.push(row);
    for (let j = 0, at = row * columns; j < columns; j++, at++) {
      const value = data[at]!;
      if (value < minimum[j]!) minimum[j] = value;
      if (value > maximum[j]!) maximum[j] = value;
    }
  }
  const own = Float64Array.from(sampled, (row) => weights?.[row] ?? 1);
  const median = Array.from({ length: columns }, (_, j) =>
    medianOf(
      Float64Array.from(sampled, (row) => data[row * columns + j]!),
      own,
    ),
  );
  return rangesOf(minimum, median, maximum);
}

/** Ranges of what was found out on the way, as a model keeps them: JSON has no negative zero and no infinity. */
export function rangesOf(minimum: ArrayLike<number>, median: ArrayLike<number>, maximum: ArrayLike<number>): ColumnRanges {
  const kept = (values: ArrayLike<number>): readonly number[] =>
    Object.freeze(Array.from(values, (value) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0));
  return Object.freeze({ minimum: kept(minimum), median: kept(median), maximum: kept(maximum) });
}

function medianOf(values: Float64Array, weights: Float64Array): number {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const sorted = { values: Float64Array.from(order, (at) => values[at]!), weights: Float64Array.from(order, (at) => weights[at]!) };
  return weightedQuantile(sorted, 0.5);
}

/** @throws MixturaError `invalid-model` */
export function readColumnRanges(reader: FieldReader): ColumnRanges {
  const minimum = reader.numbers("minimum");
  const { length } = minimum;
  return rangesOf(minimum, reader.numbers("median", length), reader.numbers("maximum", length));
}
