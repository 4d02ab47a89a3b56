import type { Matrix } from "@mixtura/core";

/** What one walk over the rows tells about the data before anything is fitted. */
export interface Survey {
  readonly rows: number;
  /** Rows of positive weight. */
  readonly countedRows: number;
  /** Σ w; the number of rows where none are weighted. */
  readonly weight: number;
  readonly means: Float64Array;
  /** Weighted variances about the means, divided by Σ w. */
  readonly variances: Float64Array;
  /** Largest minus smallest value; 0 for a constant feature. */
  readonly ranges: Float64Array;
  /** The step h in which a feature was recorded (1 for whole numbers, 0.1 for one decimal), 0 where there is none. */
  readonly steps: Float64Array;
}

/**
 * Collects a {@link Survey} piece by piece. The result does not depend on how the rows were cut, as long as every piece but the last holds a
 * whole multiple of {@link LONGEST_SPAN} rows.
 */
export interface Surveyor {
  add(X: Matrix, sampleWeight: Float64Array | undefined): void;
  finish(): Survey;
}

/** Numbers in a span: rows whose sums are taken about one point, feature after feature, while they lie in the nearest cache. */
const SPAN_NUMBERS = 2048;
const SHORTEST_SPAN = 16;
const LONGEST_SPAN = 256;

/** A step finer than this share of a feature's range says nothing: such data is as good as continuous. */
const FINEST_STEP = 1e-6;

/**
 * Starts a survey. O(d) memory. The sums of each span are taken about the mean of the rows before it and joined by the rule of Chan, Golub and
 * LeVeque, which no offset can harm.
 */
export function createSurveyor(features: number): Surveyor {
  const means = new Float64Array(features);
  // The means again as sums are taken about them, with what their rounding leaves out.
  const centres = new Float64Array(features);
  const rests = new Float64Array(features);
  const squares = new Float64Array(features);
  const least = new Float64Array(features).fill(Infinity);
  const most = new Float64Array(features).fill(-Infinity);
  const first = new Float64Array(features);
  const steps = new Float64Array(features);
  const span = Math.min(LONGEST_SPAN, Math.max(SHORTEST_SPAN, 2 ** Math.floor(Math.log2(SPAN_NUMBERS / features))));
  let rows = 0;
  let countedRows = 0;
  let weight = 0;

  /** Adds one feature of the rows `start` to `end`, of total weight `added`. */
  function addFeature(data: Float64Array, j: number, start: number, end: number, weights: Float64Array | undefined, added: number): void {
    const centre = centres[j]!;
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
    // From the mean of the rows before, with what its rounding left out, to the mean of these.
    const shift = sum / added - rests[j]!;
    const share = added / (weight + added);
    const moved = rests[j]! + shift * share;
    const next = centre + moved;
    centres[j] = next;
    rests[j] = moved - (next - centre);
    squares[j]! += square - (sum * sum) / added + shift * shift * weight * share;
    least[j] = low;
    most[j] = high;
    steps[j] = step;
  }

  return {
    add({ data, rows: given }, sampleWeight) {
      for (let start = 0; start < given; start += span) {
        const end = Math.min(start + span, given);
        let added = 0;
        for (let i = start, row = start * features; i < end; i++, row += features) {
          const w = sampleWeight === undefined ? 1 : sampleWeight[i]!;
          if (w === 0) continue;
          if (countedRows === 0) for (let j = 0; j < features; j++) centres[j] = first[j] = data[row + j]!;
          countedRows++;
          added += w;
          // The running mean of an uploaded matrix, to the bit: fits of the same rows then work in the same coordinates.
          const share = w / (weight + added);
          for (let j = 0; j < features; j++) means[j]! += (data[row + j]! - means[j]!) * share;
        }
        if (added === 0) continue;
        for (let j = 0; j < features; j++) addFeature(data, j, start, end, sampleWeight, added);
        weight += added;
      }
      rows += given;
    },
    finish: () => ({
      rows,
      countedRows,
      weight,
      means,
      variances: squares.map((value) => value / weight),
      ranges: most.map((value, j) => (countedRows === 0 ? 0 : value - least[j]!)),
      steps: steps.map((step, j) => (step > FINEST_STEP * (most[j]! - least[j]!) ? step : 0)),
    }),
  };
}

/** The greatest step that `step` and x − first are whole multiples of, within rounding; −1 once it is too fine to mean anything. */
function commonStep(step: number, x: number, first: number, range: number): number {
  const noise = 8 * Number.EPSILON * Math.max(Math.abs(x), Math.abs(first));
  let a = step;
  let b = Math.abs(x - first);
  while (b > 64 * noise) {
    const rest = a === 0 ? 0 : Math.abs(a - Math.round(a / b) * b);
    a = b;
    b = rest <= 64 * noise + 1e-9 * a ? 0 : rest;
  }
  return a > 0 && a <= FINEST_STEP * range ? -1 : a;
}
