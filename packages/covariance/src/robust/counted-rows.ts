import { MixturaError } from "@mixtura/core";
import { checkSampleWeight } from "@mixtura/core/authoring";
import { counting } from "./order/counting.ts";

/** Rows that repeated rows may make at most: more than fit into memory with their features. */
const MOST_REPEATED_ROWS = 2 ** 27;

/** How often each row counts. */
export interface CountedRows {
  /** The rows of positive weight, ascending. */
  readonly distinct: Uint32Array;
  /** How often each of those counts; absent where all count once. */
  readonly times?: Uint32Array;
  /** Σ of those. */
  readonly count: number;
}

/**
 * The rows that count, and how often. Weights are frequencies, and a subset of a fixed number of rows is chosen: weights must be whole numbers here.
 *
 * @throws MixturaError `invalid-weight`, `not-supported`
 */
export function countedRows(sampleWeight: ArrayLike<number> | undefined, rows: number, caller: string): CountedRows {
  const weights = checkSampleWeight(sampleWeight, rows, caller);
  if (weights === undefined) return { distinct: counting(rows), count: rows };
  const row = weights.findIndex((weight) => !Number.isInteger(weight));
  if (row !== -1) {
    throw new MixturaError(
      "not-supported",
      `${caller}: sampleWeight of row ${row} is ${weights[row]}. A subset consists of whole rows, so weights must be whole numbers: ` +
        "multiply them until they are, or leave them out.",
      { feature: "fractional weights" },
    );
  }
  const distinct = Uint32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const count = distinct.reduce((sum, i) => sum + weights[i]!, 0);
  if (count > MOST_REPEATED_ROWS) {
    throw new MixturaError(
      "not-supported",
      `${caller}: the sample weights sum to ${count}, and a row of weight w is stored w times, at most ${MOST_REPEATED_ROWS} in all. ` +
        "Divide the weights by their greatest common divisor.",
      { feature: "large weights" },
    );
  }
  const times = Uint32Array.from(distinct, (i) => weights[i]!);
  return { distinct, count, ...(times.every((t) => t === 1) ? {} : { times }) };
}

/** An order of the rows that count, each as often as it counts. */
export function repeated(order: Uint32Array, { distinct, times, count }: CountedRows): Uint32Array {
  if (times === undefined) return order;
  const timesOf = new Map(Array.from(distinct, (row, at) => [row, times[at]!]));
  const out = new Uint32Array(count);
  let at = 0;
  for (const row of order) {
    const end = at + timesOf.get(row)!;
    out.fill(row, at, end);
    at = end;
  }
  return out;
}
