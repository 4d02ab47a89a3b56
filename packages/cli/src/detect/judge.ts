import type { Matrix } from "@mixtura/core";
import { anyRow } from "../predict/results.ts";
import type { Detector, Verdicts } from "./detector.ts";
import { hasScores } from "./detector.ts";

/** What a detector says about some rows. */
export interface Judgement {
  /** Higher is more normal; the label where the detector gives no scores. */
  readonly scores: Float64Array;
  /** 1 for an outlier, 0 for every other row. */
  readonly outliers: Uint8Array;
  /** Where the detector is calibrated. */
  readonly pValues?: Float64Array;
}

/** Scores rows and marks the outliers: by one scoring where the detector says both at once. */
export async function judge(detector: Detector, X: Matrix, signal: AbortSignal): Promise<Judgement> {
  if (X.rows === 0) return partOf(await judge(detector, anyRow(detector), signal), 0, 0);
  const context = { signal };
  if (typeof detector.judge === "function") return judgementOf(await detector.judge(X, context));
  const labels = await detector.predict(X, context);
  return judgementOf({
    labels,
    scores: hasScores(detector) ? await detector.scoreSamples!(X, context) : labels,
    ...(detector.calibrationScores === undefined || detector.pValues === undefined ? {} : { pValues: await detector.pValues(X, context) }),
  });
}

/** What was said about rows, in the form that is written and counted. */
export function judgementOf({ scores, labels, pValues }: Verdicts): Judgement {
  const outliers = new Uint8Array(labels.length);
  for (let row = 0; row < outliers.length; row++) outliers[row] = Number(labels[row]! < 0);
  return {
    scores: scores instanceof Float64Array ? scores : Float64Array.from(scores),
    outliers,
    ...(pValues === undefined ? {} : { pValues: Float64Array.from(pValues) }),
  };
}

/** The part of a judgement that is about the rows from `start` to `end`. */
export function partOf({ scores, outliers, pValues }: Judgement, start: number, end: number): Judgement {
  return {
    scores: scores.subarray(start, end),
    outliers: outliers.subarray(start, end),
    ...(pValues === undefined ? {} : { pValues: pValues.subarray(start, end) }),
  };
}

/** The places of the outliers, rising. */
export function outlierRows({ outliers }: Judgement): Int32Array {
  return Int32Array.from(outliers.keys()).filter((row) => outliers[row] === 1);
}
