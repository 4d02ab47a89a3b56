import type { Matrix } from "@mixtura/core";
import type { ColumnLook } from "../columns/look.ts";
import { createRunningMeans } from "../running-means.ts";

/** Statistics of the columns from one pass over the rows, before anything is fitted. */
export interface ColumnProfile {
  readonly rows: number;
  /** Rows of positive weight. */
  readonly countedRows: number;
  /** Σ w; the number of rows where none are weighted. */
  readonly weight: number;
  readonly means: Float64Array;
  /** Weighted variances about the means, divided by Σ w. */
  readonly variances: Float64Array;
  /** Smallest values; 0 where no row counts. */
  readonly least: Float64Array;
  /** Largest minus smallest value; 0 for a constant feature. */
  readonly ranges: Float64Array;
  /** The step h in which a feature was recorded (1 for whole numbers, 0.1 for one decimal), 0 where there is none. */
  readonly steps: Float64Array;
  /** Features with the same value in every row that counts. */
  readonly constant: readonly number[];
  /** What the columns look like; absent where a source of rows did not look. */
  readonly look?: ColumnLook;
}

/**
 * Collects a {@link ColumnProfile} piece by piece. The result does not depend on how the rows were cut, as long as every piece but the last holds a
 * whole multiple of 256 rows.
 */
export interface Profiler {
  add(X: Matrix, sampleWeight: Float64Array | undefined): void;
  finish(): ColumnProfile;
}

/** A variance below this fraction of the mean square has lost more than a third of its digits. */
const LOST = 1e-6;
/** Squares below this are losing digits. */
const LEAST_SQUARE = 2 ** -960;

/** Bounds of rounding are off by less than this factor. */
const SURE = 4;
/** A step finer than this fraction of a feature's range is ignored: such data is practically continuous. */
const FINEST_STEP = 1e-6;

/**
 * Starts a profile. O(d) memory. The sums of each span of rows are taken about the mean of the rows before it, feature after feature while they
 * lie in the nearest cache, and joined by the rule of Chan, Golub and LeVeque, which no offset can harm. The means are those of an uploaded
 * matrix to the bit, so that fits of the same rows work in the same coordinates.
 */
export function createProfiler(features: number): Profiler {
  const running = createRunningMeans(features);
  const { means, spanRows } = running;
  const squares = new Float64Array(features);
  const least = new Float64Array(features).fill(Infinity);
  const most = new Float64Array(features).fill(-Infinity);
  const first = new Float64Array(features);
  const steps = new Float64Array(features);
  let rows = 0;
  let countedRows = 0;
  let weight = 0;

  /** Adds one feature of the rows `start` to `end`, of total weight `added`. */
  function addFeature(data: Float64Array, j: number, start: number, end: number, weights: Float64Array | undefined, added: number): void {
    const centre = means[j]!;
    const origin = first[j]!;
    let low = least[j]!;
    let high = most[j]!;
    let step = steps[j]!;
    let perStep = 1 / step;
    let sum = 0;
    let square = 0;
    for (let i = start, at = start * features + j; i < end; i++, at += features) {
      const w = weights === undefined ? 1 : weights[i]!;
      if (w === 0) continue;
      const x = data[at]!;
      const difference = x - centre;
      sum += w * difference;
      square += w * difference * difference;
      if (x < low) low = x;
      if (x > high) high = x;
      if (step < 0) continue;
      const distance = Math.abs(x - origin);
      if (Math.abs(distance - Math.round(distance * perStep) * step) <= 1e-9 * step) continue;
      step = commonStep(step, x, origin, high - low);
      perStep = 1 / step;
    }
    let own = square - (sum * sum) / added;
    // Far from the centre, or where the square of a sum has no double, that difference has lost its digits.
    if (square > 0 && (!(own > LOST * square) || sum * sum < LEAST_SQUARE))
      own = squaresAbout(centre + sum / added, data, j, start, end, weights, added);
    const shift = running.add(j, sum, added, weight);
    squares[j]! += own + shift * shift * weight * (added / (weight + added));
    least[j] = low;
    most[j] = high;
    steps[j] = step;
  }

  /** Σ w (x − mean)², corrected for the rounding of the mean. */
  function squaresAbout(
    mean: number,
    data: Float64Array,
    j: number,
    start: number,
    end: number,
    weights: Float64Array | undefined,
    added: number,
  ): number {
    let sum = 0;
    let square = 0;
    for (let i = start, at = start * features + j; i < end; i++, at += features) {
      const w = weights === undefined ? 1 : weights[i]!;
      if (w === 0) continue;
      const difference = data[at]! - mean;
      sum += w * difference;
      square += w * difference * difference;
    }
    return Math.max(0, square - sum * (sum / added));
  }

  function begin(data: Float64Array, at: number): void {
    running.begin(data, at);
    first.set(means);
  }

  return {
    add({ data, rows: given }, sampleWeight) {
      for (let start = 0; start < given; start += spanRows) {
        const end = Math.min(start + spanRows, given);
        const counted = sampleWeight === undefined ? end - start : countOf(sampleWeight, start, end);
        if (counted === 0) continue;
        if (countedRows === 0) begin(data, (sampleWeight === undefined ? 0 : sampleWeight.findIndex((w) => w !== 0)) * features);
        countedRows += counted;
        const added = sampleWeight === undefined ? counted : sumOf(sampleWeight, start, end);
        for (let j = 0; j < features; j++) addFeature(data, j, start, end, sampleWeight, added);
        weight += added;
      }
      rows += given;
    },
    finish() {
      const ranges = most.map((value, j) => (countedRows === 0 ? 0 : value - least[j]!));
      return {
        rows,
        countedRows,
        weight,
        means,
        variances: squares.map((value) => value / weight),
        least: least.map((value) => (countedRows === 0 ? 0 : value)),
        ranges,
        steps: steps.map((step, j) => (step > FINEST_STEP * (most[j]! - least[j]!) ? step : 0)),
        constant: Array.from(ranges.keys()).filter((j) => ranges[j] === 0),
      };
    },
  };
}

/**
 * The greatest step that `step` and x − first are whole multiples of, within rounding; −1 once it is too fine to mean anything. Each remainder of Euclid's
 * algorithm carries the rounding of those before it, as often as it went into them.
 */
function commonStep(step: number, x: number, first: number, range: number): number {
  let a = step;
  let b = Math.abs(x - first);
  let roundingOfA = Number.EPSILON * a;
  let roundingOfB = Number.EPSILON * Math.max(Math.abs(x), Math.abs(first));
  while (b > SURE * roundingOfB) {
    const times = Math.round(a / b);
    const rest = Math.abs(a - times * b);
    const rounding = roundingOfA + times * roundingOfB;
    [a, roundingOfA] = [b, roundingOfB];
    [b, roundingOfB] = [rest, rounding];
  }
  if (!(a > 0)) return a;
  // A remainder that rounding could make as large as what it is a multiple of says nothing.
  if (a <= FINEST_STEP * range || a <= SURE * roundingOfB) return -1;
  // A long distance holds a whole number of steps, too, and says theirs to its own rounding.
  const longest = Math.max(step, Math.abs(x - first));
  return longest / Math.round(longest / a);
}

/** Weights above 0. */
function countOf(weights: Float64Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (weights[i] !== 0) count++;
  return count;
}

function sumOf(weights: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += weights[i]!;
  return sum;
}
