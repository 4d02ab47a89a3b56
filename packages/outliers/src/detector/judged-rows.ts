import type { NotJudgedRow } from "@mixtura/core";

/** What a detector says about some rows, by one scoring of them. */
export interface JudgedRows {
  /** How normal each row is: higher is more normal. */
  readonly scores: Float64Array;
  /** +1 for normal rows, −1 for outliers. */
  readonly labels: Int32Array;
  /** How likely a clean row would score as low; absent where the detector is not calibrated. */
  readonly pValues?: Float64Array;
  /** Rows that could not be judged, where they are reported and there are any: their score is NaN, their label 0. */
  readonly badRows?: readonly NotJudgedRow[];
}

/** +1 for rows that score the threshold or more, −1 for those that score less, 0 for those without a score. */
export function labelsOf(scores: Float64Array, threshold: number): Int32Array {
  const labels = new Int32Array(scores.length); // Int32Array.from would make a list of its own first
  for (let row = 0; row < labels.length; row++) labels[row] = scores[row]! < threshold ? -1 : scores[row]! >= threshold ? 1 : 0;
  return labels;
}
