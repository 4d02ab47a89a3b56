// A module of its own, to be imported when a batch method runs: programs that judge single points then bundle without the reading of rows.
import type { BatchContext, DetectorContext, Matrix, MatrixLike, NotJudgedRow, WeightedBatchContext } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { batchRows, checkSampleWeight, createPace, present, show } from "@mixtura/core/authoring";
import { checkContext, isUploadedMatrix, readableRows, withBadRows } from "@mixtura/core/internal";
import type { FalseAlarmRate } from "../threshold/calibration.ts";
import { calibrated } from "../threshold/calibration.ts";
import type { Judgement } from "./judgement.ts";
import type { FittedDetector } from "./model.ts";
import { SCORING } from "./scoring.ts";

/** Rows in the order of a detector's features, checked under the name of the method that was called. */
export function rowsOf(model: FittedDetector, method: string, X: MatrixLike, context?: BatchContext): Matrix {
  return batchRows(model, method, X, context);
}

/**
 * The score of each row; what lies on a backend stays there. Where the context asks for it, rows that cannot be read have NaN.
 *
 * @param bad is filled with the rows that could not be read
 */
export async function scoresOf(
  model: FittedDetector,
  method: string,
  X: MatrixLike,
  context: DetectorContext,
  bad: NotJudgedRow[] = [],
): Promise<Float64Array> {
  const { badRows, ...checked } = checkContext(context, `${model.type}.${method}`);
  const pace = createPace(checked.signal);
  pace.check();
  const scoring = model[SCORING];
  if (isUploadedMatrix(X)) return scoring.batch(X, checked);
  if (badRows !== "report") return scoring.batch(rowsOf(model, method, X, checked), checked);
  const read = await readableRows(model, method, X, (some) => rowsOf(model, method, some, checked), pace);
  for (const row of read.bad) bad.push(row);
  return withBadRows(read.X === undefined ? new Float64Array(0) : await scoring.batch(read.X, checked), read);
}

/** The judgement that keeps a rate of false alarms, by clean rows. */
export async function calibration(
  model: FittedDetector,
  X: MatrixLike,
  rate: FalseAlarmRate,
  context: WeightedBatchContext,
): Promise<Judgement> {
  const caller = `${model.type}.calibrate`;
  const { signal, sampleWeight, numericStrings } = checkContext(context, caller);
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
  const scores = await scoresOf(model, "calibrate", X, present({ signal, numericStrings }));
  const copies = checkSampleWeight(sampleWeight, scores.length, caller);
  const judgement = await calibrated(rate, scores, copies, pace, caller);
  pace.check();
  return judgement;
}
