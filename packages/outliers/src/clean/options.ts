import type { CheckedOptions, DeclarationsOf, Estimator, OptionDeclaration } from "@mixtura/core";
import { gaussianMixtureOptions } from "@mixtura/mixture/internal";
import type { ConstantsOptions } from "../columns/options.ts";
import { constantsDeclaration } from "../columns/options.ts";
import { thresholdRange } from "../threshold/declare.ts";
import type { Threshold } from "../threshold/threshold.ts";

/** How rows are cleaned. */
export interface CleanFitOptions {
  /** Which rows are removed: those that score less than this threshold comes to under the model of the round. Default `{ contamination: 0.04 }`. */
  rule?: Threshold;
  /** The most times that the rest is fitted again. 1 is "run it twice". Default 10. */
  rounds?: number;
}

/** The options after checking. */
export type CheckedCleanFitOptions = CheckedOptions<CleanFitOptions, typeof cleanFitOptions>;

const rule: OptionDeclaration<Threshold> & { readonly default: Threshold } = {
  range: thresholdRange(["apart", "contamination", "gap", "score", "logDensity", "chiSquare", "hardinRocke"]),
  default: Object.freeze({ contamination: 0.04 }),
  description: "Which rows are removed: those that score less than this threshold comes to under the model of the round.",
};

/** The options of a cleaning, declared once. */
export const cleanFitOptions = {
  rule,
  rounds: {
    range: { kind: "integer", minimum: 1 },
    default: 10,
    unit: "refits",
    description: "The most times that the rest is fitted again; 1 is to run it twice.",
  },
} satisfies DeclarationsOf<CleanFitOptions>;

/** The options of {@link RefitOnInliers}. */
export interface RefitOnInliersOptions extends CleanFitOptions, ConstantsOptions {
  /** What is fitted: a density or a detector. Default a GaussianMixture of one component. */
  estimator?: Estimator;
  /** Seed of the estimator, where it draws; in its absence the estimator's own, else one that is drawn once for all rounds. */
  randomState?: number;
}

/** The options after checking. */
export type CheckedRefitOnInliersOptions = CheckedOptions<RefitOnInliersOptions, typeof refitOnInliersOptions>;

function isEstimator(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { type, fit, options } = value as Partial<Estimator>;
  return typeof type === "string" && typeof fit === "function" && typeof options === "object" && options !== null;
}

/** The options of RefitOnInliers, declared once. */
export const refitOnInliersOptions = {
  estimator: {
    range: { kind: "other", words: "an estimator of a density or a detector", accepts: isEstimator },
    description: "What is fitted; a GaussianMixture of one component where none is given.",
    flag: false,
  },
  ...cleanFitOptions,
  constants: constantsDeclaration,
  randomState: gaussianMixtureOptions.randomState,
} satisfies DeclarationsOf<RefitOnInliersOptions>;
