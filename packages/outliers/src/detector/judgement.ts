import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { KnownColumns } from "../columns/known.ts";
import { knownToJSON, NOTHING_KNOWN, readKnown } from "../columns/known.ts";
import { calibrationRank } from "../threshold/conformal.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { readThreshold, ruleOf } from "../threshold/threshold.ts";

/** Where a detector draws the line, and by which rule. */
export interface Judgement {
  /** The threshold rule that was asked for. */
  readonly rule: Threshold;
  /** What that came to: rows that score less are outliers. */
  readonly threshold: number;
  /** Scores of the clean rows that `{ fpr }` was calibrated on, in ascending order. */
  readonly calibration?: Float64Array;
}

/** What decides about rows, besides the model that scores them. */
export interface DetectorParameters {
  readonly novelty: boolean;
  readonly judgement: Judgement;
  /** What the training rows show about their columns. */
  readonly known: KnownColumns;
}

/** What every detector's model is made of besides what it scores with; its JSON holds the same. */
export interface DetectorFacts extends ModelRecord, DetectorParameters {}

/** What decides about rows as plain JSON data. */
export function detectorToJSON({ novelty, judgement, known }: DetectorParameters): Record<string, unknown> {
  const { rule, threshold: value, calibration } = judgement;
  return { novelty, threshold: { rule, value }, ...present({ calibration: calibration && [...calibration] }), ...knownToJSON(known) };
}

/** Reads what decides about rows from JSON that is not trusted. */
export function readDetector(reader: FieldReader, { featureCount }: Features): DetectorParameters {
  const known = reader.has("columns") ? readKnown(reader.object("columns"), featureCount) : NOTHING_KNOWN;
  return { novelty: reader.boolean("novelty"), judgement: readJudgement(reader), known };
}

function readJudgement(reader: FieldReader): Judgement {
  const field = reader.object("threshold");
  const rule = readThreshold(field, field.has("wish") ? "wish" : "rule"); // its name in version 1
  const threshold = field.number("value");
  const { kind, amount } = ruleOf(rule);
  if (kind !== "fpr") return { rule, threshold };
  const calibration = reader.numbers("calibration");
  if (calibration.some((score, i) => i > 0 && score < calibration[i - 1]!)) throw reader.fail("calibration", "scores in ascending order");
  const rank = calibrationRank(amount, calibration.length);
  if (rank < 1) throw reader.fail("calibration", `enough scores for a rate of ${amount}`);
  if (calibration[rank - 1] !== threshold) throw field.fail("value", `the calibration score of rank ${rank}`);
  return { rule, threshold, calibration };
}
