import type { Matrix } from "@mixtura/core";
import { isMixturaError, matrix } from "@mixtura/core";
import type { Explanation, ExplanationMethod } from "@mixtura/outliers";
import type { Detector } from "./detector.ts";
import { hasScores, thresholdOf } from "./detector.ts";

/** What a detector says about some rows. */
export interface Judgement {
  /** Higher is more normal; the label where the detector gives no scores. */
  readonly scores: Float64Array;
  /** 1 for an outlier, 0 for every other row. */
  readonly outliers: Uint8Array;
  /** Where the detector is calibrated. */
  readonly pValues?: Float64Array;
  /** Of the rows listed in `explained`, in their order; absent where the detector gives no reasons. */
  readonly explanation?: Explanation;
  /** The rows that are explained, rising: all of them, or the outliers. */
  readonly explained: Int32Array;
}

/** How rows are judged. */
export interface JudgeOptions {
  readonly method: ExplanationMethod;
  /** Whether every row is explained, and not the outliers alone. */
  readonly explainAll: boolean;
  readonly signal: AbortSignal;
}

/** Scores rows, marks the outliers and explains them. */
export async function judge(detector: Detector, X: Matrix, { method, explainAll, signal }: JudgeOptions): Promise<Judgement> {
  const context = { signal };
  const scored = hasScores(detector);
  const scores = Float64Array.from(scored ? await detector.scoreSamples!(X, context) : await detector.predict(X, context));
  const threshold = thresholdOf(detector);
  const outliers = Uint8Array.from(scores, (score) => Number(score < threshold));
  const explained = Int32Array.from(outliers.keys()).filter((row) => explainAll || outliers[row] === 1);
  const explanation = explained.length === 0 ? undefined : await explain(detector, picked(X, explained), method, signal);
  return {
    scores,
    outliers,
    ...(detector.calibrationScores === undefined || detector.pValues === undefined
      ? {}
      : { pValues: Float64Array.from(await detector.pValues(X, context)) }),
    explained,
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** Reasons in one form, whatever the detector's own is; nothing where it gives none. */
async function explain(detector: Detector, X: Matrix, method: ExplanationMethod, signal: AbortSignal): Promise<Explanation | undefined> {
  if (typeof detector.explain !== "function") return undefined;
  let found: Matrix | Explanation;
  try {
    found = await detector.explain(X, { method, signal });
  } catch (error) {
    if (isMixturaError(error, "not-supported")) return undefined; // the model inside does not explain itself
    throw error;
  }
  if ("contributions" in found) return found;
  const { data, rows, columns } = found;
  const value = Float64Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((sum, part) => sum + part, 0),
  );
  return { method: "own", value, contributions: found };
}

/** A copy of some rows. */
function picked({ data, columns, featureNames }: Matrix, rows: Int32Array): Matrix {
  const copy = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => copy.set(data.subarray(row * columns, (row + 1) * columns), index * columns));
  return matrix(copy, rows.length, columns, featureNames);
}
