import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { show, sortValues } from "@mixtura/core/authoring";
import type { Judgement } from "../detector/judgement.ts";
import { calibrationRank, checkCalibrationRows } from "./conformal.ts";

/** The most copies that calibration rows may stand for: a score is kept for each. */
const MOST_COPIES = 2 ** 27;

/** The rule of a rate of false alarms. */
export interface FalseAlarmRate {
  /** The rate among clean rows, between 0 and 1. */
  readonly fpr: number;
}

/**
 * How many rows weights stand for. Calibration ranks rows, so weights must be whole numbers.
 *
 * @throws MixturaError `invalid-weight`
 */
export function countCopies(rows: number, weights: Float64Array | undefined, caller: string): number {
  if (weights === undefined) return rows;
  const row = weights.findIndex((weight) => !Number.isInteger(weight));
  if (row !== -1)
    throw new MixturaError(
      "invalid-weight",
      `${caller}: { fpr } counts rows, so weights must be whole numbers; that of row ${row} is ${show(weights[row])}.`,
      { row, found: weights[row] },
    );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total > MOST_COPIES)
    throw new MixturaError(
      "invalid-weight",
      `${caller}: the weights add up to ${total} rows, too many to calibrate { fpr }. Divide the weights, or pass fewer rows.`,
      { found: total },
    );
  return total;
}

/**
 * The threshold that keeps a rate of false alarms: the calibration score of rank ⌊α(n+1)⌋.
 *
 * @param scores of clean rows that the fit did not see
 * @param copies how many rows each stands for; absent for one each
 * @throws MixturaError `too-few-rows`, with the number that the rate needs
 * @see Bates, Candès, Lei, Romano & Sesia, Testing for outliers with conformal p-values, Ann. Stat. 51 (2023)
 */
export async function calibrated(
  rate: FalseAlarmRate,
  scores: Float64Array,
  copies: Float64Array | undefined,
  pace: Pace,
  caller: string,
): Promise<Judgement> {
  const total = countCopies(scores.length, copies, caller);
  checkCalibrationRows(rate.fpr, total, caller);
  const { values, weights } = await sortValues(scores, copies ?? new Float64Array(scores.length).fill(1), pace);
  let calibration = values;
  if (copies !== undefined) {
    calibration = new Float64Array(total);
    let at = 0;
    for (let i = 0; i < values.length; i++) calibration.fill(values[i]!, at, (at += weights[i]!));
  }
  return { rule: Object.freeze({ fpr: rate.fpr }), threshold: calibration[calibrationRank(rate.fpr, total) - 1]!, calibration };
}
