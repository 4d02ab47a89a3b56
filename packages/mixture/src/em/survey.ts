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

/** Collects a {@link Survey} block by block; the result does not depend on how the rows were cut. */
export interface Surveyor {
  add(X: Matrix, sampleWeight: Float64Array | undefined): void;
  finish(): Survey;
}

/** A step finer than this share of a feature's range says nothing: such data is as good as continuous. */
const FINEST_STEP = 1e-6;

/** Starts a survey. O(d) memory; weighted means and variances by Welford's updates, which no offset can harm. */
export function createSurveyor(features: number): Surveyor {
  const means = new Float64Array(features);
  const squares = new Float64Array(features);
  const least = new Float64Array(features).fill(Infinity);
  const most = new Float64Array(features).fill(-Infinity);
  const first = new Float64Array(features);
  const steps = new Float64Array(features);
  let rows = 0;
  let countedRows = 0;
  let weight = 0;

  return {
    add({ data, rows: added }, sampleWeight) {
      for (let i = 0; i < added; i++) {
        const w = sampleWeight === undefined ? 1 : sampleWeight[i]!;
        if (w === 0) continue;
        weight += w;
        const share = w / weight;
        for (let j = 0; j < features; j++) {
          const x = data[i * features + j]!;
          const difference = x - means[j]!;
          means[j]! += difference * share;
          squares[j]! += w * difference * (x - means[j]!);
          if (x < least[j]!) least[j] = x;
          if (x > most[j]!) most[j] = x;
          if (countedRows === 0) first[j] = x;
          else if (steps[j]! >= 0) steps[j] = commonStep(steps[j]!, x, first[j]!, most[j]! - least[j]!);
        }
        countedRows++;
      }
      rows += added;
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
