import type { BatchContext, Capability, FittedModel, Matrix } from "@mixtura/core";
import type { Explanation, Threshold } from "@mixtura/outliers";
import type { ExplanationMethod } from "@mixtura/outliers/internal";

/** What a detector says about some rows, by one scoring of them. */
export interface Verdicts {
  readonly scores: ArrayLike<number>;
  /** −1 for outliers, +1 for other rows. */
  readonly labels: ArrayLike<number>;
  readonly pValues?: ArrayLike<number>;
}

/** What models with the capability "outlier" may offer; only `predict` is sure to be there. */
export interface Detector extends FittedModel {
  readonly threshold?: number;
  readonly rule?: Threshold;
  readonly novelty?: boolean;
  readonly calibrationScores?: Float64Array | undefined;
  predict(X: Matrix, context: BatchContext): Promise<ArrayLike<number>>;
  scoreSamples?(X: Matrix, context: BatchContext): Promise<ArrayLike<number>>;
  judge?(X: Matrix, context: BatchContext): Promise<Verdicts>;
  pValues?(X: Matrix, context: BatchContext): Promise<ArrayLike<number>>;
  explain?(X: Matrix, context: BatchContext & { readonly method?: ExplanationMethod }): Promise<Matrix | Explanation>;
}

/** Whether models with these capabilities are detectors. */
export function isDetector(model: FittedModel, capabilities: readonly Capability[]): model is Detector {
  return capabilities.includes("outlier");
}

/** Where the detector draws the line: its threshold, or 0 where it only labels rows +1 and −1. */
export function thresholdOf({ threshold }: Detector): number {
  return threshold ?? 0;
}

/** Whether rows are judged by scores and a threshold, or by labels alone. */
export function hasScores(detector: Detector): boolean {
  return typeof detector.scoreSamples === "function" && typeof detector.threshold === "number";
}
