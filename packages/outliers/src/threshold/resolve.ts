import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { sortValues, weightedQuantile } from "@mixtura/core/authoring";
import { chiSquareQuantile } from "@mixtura/distributions";
import type { Scoring } from "../detector/scoring.ts";
import { apartThreshold } from "./apart.ts";
import { gapThreshold } from "./gap.ts";
import { hardinRockeCutoff } from "./hardin-rocke.ts";
import type { Threshold } from "./threshold.ts";
import { thresholdText, ruleOf } from "./threshold.ts";

/** Scores of the training rows, with weights where rows are weighted. */
export interface TrainingScores {
  readonly scores: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * The number that a rule comes to, in the units of the scores. `{ fpr }` is none of these: see `calibration.ts`.
 *
 * @param training called where the rule depends on the scores of the training rows
 * @param option the name of the option that holds the threshold, for error texts
 * @throws MixturaError `invalid-option` for a rule that such scores have no meaning for
 */
export async function resolveThreshold(
  threshold: Threshold,
  scoring: Scoring,
  training: () => Promise<TrainingScores>,
  pace: Pace,
  caller: string,
  option = "threshold",
): Promise<number> {
  const { kind, amount } = ruleOf(threshold);
  const refuse = (why: string): MixturaError =>
    new MixturaError("invalid-option", `${caller}: "${option}" is ${thresholdText(threshold)}, ${why}`, { option, found: threshold });
  const { model, isDensity, atSquaredDistance, subset } = scoring;
  switch (kind) {
    case "apart":
      return apartThreshold(await sorted(await training(), pace), amount, pace);
    case "contamination":
      return weightedQuantile(await sorted(await training(), pace), amount);
    case "gap":
      return gapThreshold(await sorted(await training(), pace), amount, pace);
    case "score":
      return amount;
    case "logDensity":
      if (!isDensity) throw refuse(`but the scores of ${model.type} are not log-densities. Use { score } or { apart }.`);
      return amount;
    case "chiSquare":
      if (atSquaredDistance === undefined)
        throw refuse(
          `but the scores of ${model.type} are not squared distances from one centre. Use EllipticEnvelope, a single Gaussian, or { apart }.`,
        );
      return atSquaredDistance(chiSquareQuantile(amount, model.featureCount));
    case "hardinRocke":
      if (atSquaredDistance === undefined || subset === undefined)
        throw refuse(
          `which describes the raw distances of a minimum covariance determinant. Take EllipticEnvelope with covariance "robust".`,
        );
      return atSquaredDistance(hardinRockeCutoff(amount, subset));
    case "fpr":
      throw refuse("which needs clean rows that were not used in the fit: call calibrate.");
  }
}

/** Scores in ascending order; rows of weight 0 are not among them. */
async function sorted({ scores, weights }: TrainingScores, pace: Pace): ReturnType<typeof sortValues> {
  if (weights === undefined) return sortValues(scores, new Float64Array(scores.length).fill(1), pace);
  const counted = Uint32Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  return sortValues(
    Float64Array.from(counted, (i) => scores[i]!),
    Float64Array.from(counted, (i) => weights[i]!),
    pace,
  );
}
