import type { Features, FieldReader, FitTrace } from "@mixtura/core";
import { featuresToJSON, readFeatures, traceFromJSON, traceToJSON } from "@mixtura/core";
import { calibrationRank } from "../threshold/conformal.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { readThreshold, wishOf } from "../threshold/threshold.ts";

/** Where a detector draws the line, and what it goes by. */
export interface Judgement {
  /** What was wished for. */
  readonly wish: Threshold;
  /** What that came to: rows that score less are outliers. */
  readonly threshold: number;
  /** Scores of the clean rows that `{ fpr }` was calibrated on, in ascending order. */
  readonly calibration?: Float64Array;
}

/** What every detector's model is made of beside what it scores by; its JSON holds the same. */
export interface DetectorFacts extends Features {
  readonly novelty: boolean;
  readonly judgement: Judgement;
  readonly trace: FitTrace;
}

/** The facts as plain JSON data. */
export function factsToJSON(facts: DetectorFacts): Record<string, unknown> {
  const { novelty, judgement, trace } = facts;
  const { wish, threshold: value, calibration } = judgement;
  return {
    features: featuresToJSON(facts),
    novelty,
    threshold: { wish, value },
    ...(calibration === undefined ? {} : { calibration: [...calibration] }),
    trace: traceToJSON(trace),
  };
}

/** Reads the facts from JSON that nobody vouches for. */
export function readFacts(reader: FieldReader): DetectorFacts {
  return {
    ...readFeatures(reader),
    novelty: reader.boolean("novelty"),
    judgement: readJudgement(reader),
    trace: traceFromJSON(reader.object("trace")),
  };
}

function readJudgement(reader: FieldReader): Judgement {
  const field = reader.object("threshold");
  const wish = readThreshold(field, "wish");
  const threshold = field.number("value");
  const { kind, amount } = wishOf(wish);
  if (kind !== "fpr") return { wish, threshold };
  const calibration = reader.numbers("calibration");
  if (calibration.some((score, i) => i > 0 && score < calibration[i - 1]!)) throw reader.fail("calibration", "scores in ascending order");
  const rank = calibrationRank(amount, calibration.length);
  if (rank < 1) throw reader.fail("calibration", `enough scores for a rate of ${amount}`);
  if (calibration[rank - 1] !== threshold) throw field.fail("value", `the calibration score of rank ${rank}`);
  return { wish, threshold, calibration };
}
