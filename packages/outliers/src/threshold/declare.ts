import type { OptionDeclaration, OptionRange } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Threshold, ThresholdKind } from "./threshold.ts";
import { thresholdKinds, thresholdText, ruleOf } from "./threshold.ts";

/** A fraction of the training rows; most of them are inliers. */
const minority = { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5 } as const;
/** A fraction that is neither nothing nor all. */
const fraction = { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true } as const;
/** The fraction of a Gaussian's rows that is normal: a small one is the rest. */
const bulk = { kind: "number", minimum: 0.5, maximum: 1, exclusiveMaximum: true, complement: true } as const;
/** A level that the chance of the middle of a bulk, a half, is above. */
const belowHalf = { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5, exclusiveMaximum: true } as const;
const anyNumber = { kind: "number" } as const;

/** What each rule may name. */
const AMOUNTS: Readonly<Record<ThresholdKind, OptionRange>> = {
  apart: belowHalf,
  contamination: minority,
  gap: minority,
  score: anyNumber,
  logDensity: anyNumber,
  chiSquare: bulk,
  hardinRocke: bulk,
  fpr: fraction,
};

/** The range of a threshold that may follow any of some rules. */
export function thresholdRange(kinds: readonly ThresholdKind[]): OptionDeclaration<Threshold>["range"] {
  const alternatives = kinds.map((kind) => ({ kind: "object", fields: { [kind]: AMOUNTS[kind] } }));
  return { kind: "either", alternatives } as unknown as OptionDeclaration<Threshold>["range"];
}

/** The declaration of a detector's threshold. */
export function thresholdDeclaration(kinds: readonly ThresholdKind[]): OptionDeclaration<Threshold> {
  return {
    range: thresholdRange(kinds),
    description:
      "Where normal ends: one rule. In its absence { apart: 0.1 }, the training rows that stand apart from their bulk, none where none does; with novelty { fpr: 0.05 }, one false alarm in twenty clean rows.",
  };
}

/** Whether the training rows are clean. */
export const noveltyDeclaration = {
  range: { kind: "boolean" },
  default: false,
  description:
    "Whether the training rows are clean, and new rows are what may be odd; else outliers are looked for among the training rows.",
} satisfies OptionDeclaration<boolean>;

/** The fraction of the rows that a false alarm rate is calibrated on. */
export const calibrationFractionDeclaration = {
  range: fraction,
  default: 0.5,
  unit: "fraction of the training rows",
  description: "How many of the rows are held out of the fit to calibrate on, with a threshold { fpr }.",
} satisfies OptionDeclaration<number>;

/** The options that say how a detector judges. */
export interface JudgementOptions {
  /** Where normal ends. Default `{ apart: 0.1 }`; with `novelty`, `{ fpr: 0.05 }`. */
  threshold?: Threshold;
  /** Whether the training rows are clean and new rows are judged; else the training rows themselves are. Default false. */
  novelty?: boolean;
  /** The fraction of the rows that is held out of the fit to calibrate `{ fpr }` on. Default 0.5. */
  calibrationFraction?: number;
}

/** Rules about the training rows themselves, which have no meaning where these are said to be clean. */
const AMONG_TRAINING: readonly string[] = ["apart", "contamination", "gap"] satisfies ThresholdKind[];

/** Whether a rule looks for outliers among the training rows. */
export function looksAmongTraining(kind: string): boolean {
  return AMONG_TRAINING.includes(kind);
}

/** The threshold in force. */
export function thresholdInForce({ threshold, novelty }: Readonly<JudgementOptions>): Threshold {
  return threshold ?? (novelty === true ? { fpr: 0.05 } : { apart: 0.1 });
}

/**
 * Options with a threshold rule next to the others instead of under `threshold`, as scikit-learn has `contamination`, are rejected with a hint where it goes.
 *
 * @throws MixturaError `unknown-option`
 */
export function rejectLooseRule(owner: string, options: object): void {
  if (typeof options !== "object" || options === null) return;
  const kind = thresholdKinds.find((name) => Object.hasOwn(options, name));
  if (kind === undefined) return;
  throw new MixturaError(
    "unknown-option",
    `${owner}: "${kind}" goes into the threshold: write threshold: { ${kind}: ${show((options as Record<string, unknown>)[kind])} }.`,
    { option: kind, known: ["threshold"], suggestion: "threshold" },
  );
}

/**
 * What contradicts itself: outliers among rows that are said to be clean, and a rate that only clean rows can keep among rows that
 * are not said to be.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkJudgement(owner: string, options: Readonly<JudgementOptions>): void {
  const threshold = thresholdInForce(options);
  const { kind } = ruleOf(threshold);
  const refuse = (why: string): MixturaError =>
    new MixturaError("invalid-option", `${owner}: ${why}`, { option: "threshold", found: threshold });
  if (options.novelty === true && looksAmongTraining(kind))
    throw refuse(
      `novelty: true declares the training rows clean, but ${thresholdText(threshold)} looks for outliers among them. Use { fpr }, the rate of ` +
        "false alarms among clean rows, or leave novelty out.",
    );
  if (options.novelty !== true && kind === "fpr")
    throw refuse(
      `${thresholdText(threshold)} is a rate among clean rows and needs clean rows for calibration. Set novelty: true if the training rows are clean; otherwise use ` +
        "{ apart }, or fit first and call calibrate(rows, { fpr }) with clean rows that the fit did not see.",
    );
}
