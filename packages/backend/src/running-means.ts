import type { Matrix } from "@mixtura/core";
import { createPace, inStrides } from "@mixtura/core/authoring";

/** The mean of each column over rows that come span by span: see {@link createRunningMeans}. */
export interface RunningMeans {
  /** Rows of every span but the last: few enough to stay in the nearest cache, a divisor of 256. */
  readonly spanRows: number;
  /** The means so far, which the sums of the next span are to be taken about. Length d. */
  readonly means: Float64Array;
  /** Takes the numbers from `at` on, those of the first row that counts, as the means so far. */
  begin(data: Float64Array, at: number): void;
  /**
   * Takes in one column of a span.
   *
   * @param sum Σ w (x − mean so far) over the span
   * @param added Σ w over the span, > 0
   * @param before Σ w over the rows before it
   * @returns how far the span's own mean lies from the mean so far
   */
  add(column: number, sum: number, added: number, before: number): number;
}

/** Numbers in a span. */
const SPAN_NUMBERS = 2048;
const SHORTEST_SPAN = 16;
const LONGEST_SPAN = 256;

/**
 * Starts running means. Each mean is kept with its rounding error, and every sum is taken about the mean of the rows before, so that
 * no offset costs a digit. The same rows in the same spans give the same bits: an uploaded matrix and a fit work in the same coordinates.
 *
 * @example
 * ```ts run
 * const running = createRunningMeans(1);
 * running.begin(Float64Array.of(1e8), 0);
 * running.add(0, 0 + 1 + 2, 3, 0); // the rows 1e8, 1e8 + 1, 1e8 + 2
 * running.means // => [100000001]
 * ```
 */
export function createRunningMeans(columns: number): RunningMeans {
  const means = new Float64Array(columns);
  const rests = new Float64Array(columns);
  return {
    spanRows: Math.min(LONGEST_SPAN, Math.max(SHORTEST_SPAN, 2 ** Math.floor(Math.log2(SPAN_NUMBERS / columns)))),
    means,
    begin(data, at) {
      for (let j = 0; j < columns; j++) means[j] = data[at + j]!;
    },
    add(column, sum, added, before) {
      const mean = means[column]!;
      const rest = rests[column]!;
      const shift = sum / added - rest;
      if (!(Math.abs(shift) < Infinity)) return shift; // the mean of numbers this large stays where it is
      const moved = rest + shift * (added / (before + added));
      const next = mean + moved;
      means[column] = next;
      rests[column] = moved - (next - mean);
      return shift;
    },
  };
}

/** The mean of each column. */
export async function columnMeans({ data, rows, columns }: Matrix): Promise<Float64Array> {
  const running = createRunningMeans(columns);
  const { means, spanRows } = running;
  running.begin(data, 0);
  await inStrides(rows, createPace(), (first, last) => {
    for (let start = first; start < last; start += spanRows) {
      const end = Math.min(start + spanRows, last);
      for (let j = 0; j < columns; j++)
        running.add(j, sumAbout(data, start * columns + j, end * columns, columns, means[j]!), end - start, start);
    }
  });
  return means;
}

/** Σ (x − centre) over every `step`-th number from `from` to `to`. */
function sumAbout(data: Float64Array, from: number, to: number, step: number, centre: number): number {
  let sum = 0;
  for (let at = from; at < to; at += step) sum += data[at]! - centre;
  return sum;
}
