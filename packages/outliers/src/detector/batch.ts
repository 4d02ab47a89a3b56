// A module of its own, to be imported when a batch method runs: programs that judge single points then bundle without the reading of rows.
import type { BatchContext, Matrix, MatrixLike, WeightedBatchContext } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { checkSampleWeight, createPace, show, present } from "@mixtura/core/authoring";
import { checkContext, isUploadedMatrix } from "@mixtura/core/internal";
import type { FalseAlarmRate } from "../threshold/calibration.ts";
import { calibrated } from "../threshold/calibration.ts";
import type { Judgement } from "./judgement.ts";
import type { FittedDetector } from "./model.ts";
import { SCORING } from "./scoring.ts";

/** Rows in the order of a detector's features, checked under the name of the method that was called. */
export function rowsOf({ type, featureCount: count, featureNames: names }: FittedDetector, method: string, X: MatrixLike): Matrix {
  return toMatrix(X, { caller: `${type}.${method}`, features: { count, ...present({ names }) } });
}

/** The score of each row; what lies on a backend stays there. */
export async function scoresOf(model: FittedDetector, method: string, X: MatrixLike, context: BatchContext): Promise<Float64Array> {
  const checked = checkContext(context, `${model.type}.${method}`);
  createPace(checked.signal).check();
  return model[SCORING].batch(isUploadedMatrix(X) ? X : rowsOf(model, method, X), checked);
}

/** The judgement that keeps a rate of false alarms, by clean rows. */
export async function calibration(
  model: FittedDetector,
  X: MatrixLike,
  rate: FalseAlarmRate,
  context: WeightedBatchContext,
): Promise<Judgement> {
  const caller = `${model.type}.calibrate`;
  const { signal, sampleWeight } = checkContext(context, caller);
  const pace = createPace(signal);
  if (typeof rate !== "object" || rate === null || typeof rate.fpr !== "number" || !(rate.fpr > 0 && rate.fpr < 1))
    throw new MixturaError(
      "invalid-option",
      `${caller}: the rate must be { fpr: a number > 0 and < 1 }, found ${show(rate?.fpr ?? rate)}.`,
      {
        option: "fpr",
        found: rate,
      },
    );
  const scores = await scoresOf(model, "calibrate", X, context);
  const copies = checkSampleWeight(sampleWeight, scores.length, caller);
  const judgement = await calibrated(rate, scores, copies, pace, caller);
  pace.check();
  return judgement;
}
