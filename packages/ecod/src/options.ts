import type { CheckedOptions, DeclarationsOf } from "@mixtura/core";

/** Which tails count: one choice for the whole row, or one for each feature. */
export const tailRules = ["row", "feature"] as const;

/** "row": the paper's. "feature": what PyOD computes. */
export type TailRule = (typeof tailRules)[number];

/** The options of {@link ECOD}. */
export interface ECODOptions {
  /** The fraction of the training rows to call outliers; it sets the threshold and changes no score. Default 0.1. */
  contamination?: number;
  /**
   * Which tails count. "row" (default) takes the largest of three sums over the features: of left tails, of right tails, and of the tails to which
   * each feature is skewed. "feature" sums the rarer tail of each feature, which is what PyOD's ECOD gives.
   */
  tails?: TailRule;
}

/** The options after checking. */
export type CheckedECODOptions = CheckedOptions<ECODOptions, typeof ecodOptions>;

/** The options of ECOD, declared once. */
export const ecodOptions = {
  contamination: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5 },
    default: 0.1,
    unit: "fraction of the training rows",
    description: "The fraction of the training rows to call outliers; it sets the threshold and changes no score.",
  },
  tails: {
    range: { kind: "choice", choices: tailRules },
    default: "row",
    description:
      "Which tails count: one choice of tails for the whole row, as in the paper, or the rarer tail of each feature, as in PyOD.",
  },
} satisfies DeclarationsOf<ECODOptions>;
