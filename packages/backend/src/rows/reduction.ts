import type { Pace } from "@mixtura/core/authoring";
import { sortValues, weightedQuantile } from "@mixtura/core/authoring";
import { joinedValues } from "@mixtura/core/internal";
import type { GaussianComponents } from "../components.ts";

/** A value per row that components give it. */
export interface RowValue {
  /**
   * - "log-density": the natural-log density under the whole mixture;
   * - "squared-distance": the least of ‖W (x − μ)‖² over the components;
   * - "responsibilities": one value per component.
   */
  readonly of: "log-density" | "squared-distance" | "responsibilities";
  readonly components: GaussianComponents;
}

/** Values of a run of consecutive rows, as a reduction takes them in. */
export interface ValueRun {
  /** Rows × values per row, row-major. */
  readonly values: Float64Array;
  readonly rows: number;
  /** Values per row: 1, or k for responsibilities. */
  readonly width: number;
  /** Frequencies of the rows; absent where every row counts once. */
  readonly weights: Float64Array | undefined;
  /** Coordinates of row i of the run, relative to the origin of the rows. A copy. */
  readonly at: (i: number) => Float64Array;
}

/**
 * What becomes of one value per row. Engines that cannot run functions know reductions by `name` and its parameters; all others start a collector
 * and hand it the values run by run, in order. A run is a whole number of CHUNK_ROWS but for the last, so that blocks give the bits of the whole.
 */
export interface Reduction<Result> {
  readonly name: "sum" | "extremes" | "quantiles";
  start(): Collector<Result>;
}

/** A reduction under way. */
export interface Collector<Result> {
  add(run: ValueRun): void;
  finish(pace: Pace): Result | Promise<Result>;
}

/** What is summed: the value itself, its square, or log(1 − value), of which a product of complements is made. */
export type Summand = "value" | "square" | "log-complement";

const summands = {
  value: (value) => value,
  square: (value) => value * value,
  "log-complement": (value) => Math.log1p(-value),
} satisfies Record<Summand, (value: number) => number>;

/** Σ w f(value), one sum per value of a row. */
export interface Sum extends Reduction<Float64Array> {
  readonly name: "sum";
  readonly of: Summand;
}

/**
 * Sums a function of a value, weighted as the rows are.
 *
 * @example
 * ```ts run
 * const collector = sumOf("square").start();
 * collector.add({
 *   values: Float64Array.of(1, 2, 3),
 *   rows: 3,
 *   width: 1,
 *   weights: Float64Array.of(1, 0, 2),
 *   at: () => new Float64Array(1),
 * });
 * await collector.finish(createPace()) // => [19]
 * ```
 */
export function sumOf(of: Summand): Sum {
  const term = summands[of];
  return {
    name: "sum",
    of,
    start() {
      let total: Float64Array | undefined;
      return {
        add({ values, rows, width, weights }) {
          total ??= new Float64Array(width);
          const run = new Float64Array(width);
          for (let i = 0, at = 0; i < rows; i++) {
            const weight = weights === undefined ? 1 : weights[i]!;
            for (let k = 0; k < width; k++, at++) if (weight !== 0) run[k]! += weight * term(values[at]!);
          }
          for (let k = 0; k < width; k++) total[k]! += run[k]!;
        },
        finish: () => total ?? new Float64Array(0),
      };
    },
  };
}

/** A row at an end of the order of values. */
interface ExtremeRow {
  readonly value: number;
  /** Relative to the origin of the rows. Length d. */
  readonly row: Float64Array;
}

/** The rows with the least or the greatest values. */
export interface Extremes extends Reduction<readonly ExtremeRow[]> {
  readonly name: "extremes";
  readonly count: number;
  readonly end: "least" | "greatest";
}

/** The rows of the least or greatest values, the farthest out first, earlier rows before later ones of the same value. Rows of weight 0 are left out. */
export function extremes(count: number, end: Extremes["end"]): Extremes {
  const sign = end === "least" ? 1 : -1;
  return {
    name: "extremes",
    count,
    end,
    start() {
      const found: ExtremeRow[] = [];
      return {
        add({ values, rows, weights, at }) {
          for (let i = 0; i < rows; i++) {
            const value = values[i]!;
            if (weights?.[i] === 0 || (found.length === count && sign * value >= sign * found.at(-1)!.value)) continue;
            found.push({ value, row: at(i) });
            found.sort((a, b) => sign * (a.value - b.value));
            found.length = Math.min(found.length, count);
          }
        },
        finish: () => found,
      };
    },
  };
}

/** The reductions there are, told apart by their names: for places that make them by other means than running collectors. */
type KnownReduction = Sum | Extremes | Quantiles;

/** A reduction as one of those that there are. */
export function known(reduction: Reduction<unknown>): KnownReduction {
  return reduction as KnownReduction;
}

/** Weighted quantiles of a value. */
interface Quantiles extends Reduction<Float64Array> {
  readonly name: "quantiles";
  readonly levels: readonly number[];
}

/**
 * Quantiles of a value by linear interpolation between order statistics, as NumPy has them; an integer weight equals that number of copies of the row.
 *
 * @param levels each in [0, 1]
 * @remarks O(n) numbers, O(n log n) time.
 */
export function quantiles(levels: readonly number[]): Quantiles {
  return {
    name: "quantiles",
    levels,
    start() {
      const runs: { readonly values: Float64Array; readonly weights: Float64Array }[] = [];
      return {
        add({ values, rows, weights }) {
          runs.push({ values: values.slice(0, rows), weights: weights?.slice(0, rows) ?? new Float64Array(rows).fill(1) });
        },
        async finish(pace) {
          const sorted = await sortValues(
            joinedValues(runs.map(({ values }) => values)),
            joinedValues(runs.map(({ weights }) => weights)),
            pace,
          );
          return Float64Array.from(levels, (level) => weightedQuantile(sorted, level));
        },
      };
    },
  };
}
