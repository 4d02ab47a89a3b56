import type { Pace } from "@mixtura/core/authoring";
import type { GaussianComponents } from "../components.ts";
import { CHUNK_ROWS } from "../contract.ts";
import type { Collector, RowValue } from "./reduction.ts";
import type { ResidentRows } from "./rows.ts";

/** How a value comes from rows: of all of them at once where it is one number per row, or of a run where it takes k. */
interface Measure {
  readonly width: (components: GaussianComponents) => number;
  /** Whether the values of all rows at once are n numbers. */
  readonly atOnce: (components: GaussianComponents) => boolean;
  readonly of: (rows: ResidentRows, components: GaussianComponents) => Promise<Float64Array>;
}

const measures = {
  "log-density": { width: () => 1, atOnce: () => true, of: (rows, components) => rows.logDensities(components) },
  "squared-distance": {
    width: () => 1,
    atOnce: ({ count }) => count === 1,
    async of(rows, components) {
      const squares = await rows.squaredMahalanobis(components);
      return components.count === 1 ? squares : leastOf(squares, components.count);
    },
  },
  responsibilities: { width: ({ count }) => count, atOnce: () => false, of: (rows, components) => rows.responsibilities(components) },
} satisfies Record<RowValue["of"], Measure>;

/** Hands the values of resident rows to a collector, in runs of CHUNK_ROWS rows. */
export async function feed(rows: ResidentRows, { of, components }: RowValue, collector: Collector<unknown>, pace: Pace): Promise<void> {
  const measure: Measure = measures[of];
  const { count, weights } = rows;
  const width = measure.width(components);
  const whole = measure.atOnce(components) ? await measure.of(rows, components) : undefined;
  for (let start = 0; start < count; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, count);
    collector.add({
      values: whole?.subarray(start, end) ?? (await ofRun(rows, start, end, (run) => measure.of(run, components))),
      rows: end - start,
      width,
      weights: weights?.subarray(start, end),
      at: (i) => rows.at([start + i]),
    });
    if (pace.due()) await pace.turn();
  }
}

async function ofRun<Result>(
  rows: ResidentRows,
  start: number,
  end: number,
  work: (run: ResidentRows) => Promise<Result>,
): Promise<Result> {
  if (start === 0 && end === rows.count) return work(rows);
  const run = rows.slice(start, end);
  try {
    return await work(run);
  } finally {
    run.release();
  }
}

/** The least of k numbers per row. */
function leastOf(squares: Float64Array, count: number): Float64Array {
  const least = new Float64Array(squares.length / count).fill(Infinity);
  for (let row = 0, at = 0; row < least.length; row++)
    for (let k = 0; k < count; k++, at++) if (squares[at]! < least[row]!) least[row] = squares[at]!;
  return least;
}
