import type { FittedModel } from "@mixtura/core";
import { isCleaned, viewOf } from "@mixtura/outliers/internal";
import { counted, grouped, percent, significant } from "@mixtura/wording/internal";
import { flagName } from "../flags/names.ts";
import type { Detection } from "./detection.ts";
import { choiceSentence } from "./default-detector.ts";
import type { Detector } from "./detector.ts";
import { hasScores } from "./detector.ts";

/**
 * What the threshold of a detector means, in a sentence.
 *
 * @param rule the threshold rule, where the detector itself does not keep it
 */
export function thresholdSentence(detector: Detector, rule = detector.rule): string {
  const { threshold, type, calibrationScores } = detector;
  if (!hasScores(detector)) return `${type} says of each row whether it is an anomaly, and gives no scores.`;
  const line = `Anomalies are rows that score less than ${significant(threshold!, 5)}`;
  const [entry] = Object.entries(rule ?? {}) as [kind: string, amount: number][];
  if (entry === undefined) return `${line}.`;
  const [kind, amount] = entry;
  switch (kind) {
    case "apart":
      return `${line}: farther out than the bulk of the training rows explains (--apart ${amount}).`;
    case "contamination":
      return `${line}: the lowest ${percent(amount)} of the training rows (--contamination ${amount}). That many are always found, unusual or not.`;
    case "gap":
      return `${line}: at most ${percent(amount)} of the training rows, and only as far as a wide gap divides them from the rest (--gap ${amount}).`;
    case "logDensity":
      return `${line}, a natural-log density (--log-density ${amount}).`;
    case "chiSquare":
      return `${line}: farther out than ${percent(amount)} of the rows of a Gaussian (--chi-square ${amount}).`;
    case "hardinRocke":
      return `${line}: farther out than ${percent(amount)} of the rows of a Gaussian, corrected for few rows (--hardin-rocke ${amount}).`;
    case "fpr":
      return `${line}: of clean rows at most ${percent(amount)} do on average (--fpr ${amount}), calibrated on ${counted(calibrationScores?.length ?? 0, "clean row")} that the fit did not see.`;
    default:
      return `${line} (--${kind} ${amount}).`;
  }
}

/**
 * How many rows were found, and by which rule: facts, without a full stop.
 *
 * @param subject the rows that were judged: "75 rows"
 */
export function verdict(found: number, subject: string, detection: Detection): string {
  const { rule, train, model, detector } = detection;
  const [entry] = Object.entries(rule ?? {}) as [kind: string, amount: number][];
  const how = entry === undefined ? "" : `, by ${flagName(entry[0])} ${entry[1]}`;
  // A fraction of these very rows that was asked for says nothing of how far they are from the others.
  const lowest = entry?.[0] === "contamination" && train === undefined && model === undefined;
  const [one, more] = lowest ? ["scores lowest", "score lowest"] : ["stands apart", "stand apart"];
  const from = choiceSentence(detection) === undefined ? "" : ` from a mixture of ${viewOf(detector)!.weights.length} components`;
  return `${found === 0 ? "None" : grouped(found)} of ${subject} ${found > 1 ? more : one}${lowest ? "" : from}${how}`;
}

/** What scores are. */
export type ScoreKind = "log-density" | "minus squared distance" | "score" | "label";

/** What the scores of a detector are, as far as its type tells. */
export function scoreKind(detector: Detector): ScoreKind {
  if (!hasScores(detector)) return "label";
  return kindOf(detector);
}

function kindOf(model: FittedModel): ScoreKind {
  const {
    mixture,
    model: inner,
    point,
    mahalanobis,
    distances,
  } = model as FittedModel & {
    readonly mixture?: FittedModel;
    readonly model?: FittedModel;
    readonly point?: { readonly logDensity?: unknown };
    readonly mahalanobis?: unknown;
    /** Which distances rows are judged by. */
    readonly distances?: unknown;
  };
  const inside = mixture ?? inner;
  if (inside !== undefined) return kindOf(inside);
  if (distances !== undefined) return "minus squared distance";
  if (typeof point?.logDensity === "function") return "log-density";
  return typeof mahalanobis === "function" ? "minus squared distance" : "score";
}

/** What a detector is, and what it was fitted on, in sentences. */
export function detectorSentences(detection: Detection): string[] {
  const { detector, trained, train, model } = detection;
  const kind = scoreKind(detector);
  const about: Readonly<Record<ScoreKind, string>> = {
    "log-density": "Rows are judged by how dense the fitted mixture is where they lie: a score is a natural-log density.",
    "minus squared distance":
      "Rows are judged by how far they lie from the bulk of the rows, in its own shape: a score is minus a squared Mahalanobis distance.",
    score: "Rows are judged by their scores; higher is more normal.",
    label: "Rows are judged one by one, without scores.",
  };
  const origin =
    model !== undefined
      ? `It was fitted before, and read from ${model}.`
      : train !== undefined
        ? `It was fitted on ${counted(trained!.X.rows, "row")} of ${train}.`
        : trained === undefined
          ? ""
          : "It was fitted on the rows that it judges.";
  const cleaned = isCleaned(detector)
    ? `${detector.model.type} was fitted, the rows least like the others were removed, and the rest was fitted again, until nothing changed or the rounds were over.`
    : "";
  return [cleaned, about[kind], origin, choiceSentence(detection) ?? ""].filter((sentence) => sentence !== "");
}
