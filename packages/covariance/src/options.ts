import type { DeclarationsOf, OptionDeclaration } from "@mixtura/core";

/** The options of {@link EmpiricalCovariance}. Names and meanings are scikit-learn's, in camelCase. */
export interface EmpiricalCovarianceOptions {
  /** Whether the rows are known to have mean 0: then the location is 0 and second moments are taken about it. Default false. */
  assumeCentered?: boolean;
}

/** The options of {@link ShrunkCovariance}. */
export interface ShrunkCovarianceOptions extends EmpiricalCovarianceOptions {
  /** The shrinkage coefficient: weight of the target (tr S / d) I in the covariance, from 0 to 1. Default 0.1. */
  shrinkage?: number;
}

/** The options of {@link LedoitWolf}. */
export type LedoitWolfOptions = EmpiricalCovarianceOptions;

/** Which formula the shrinkage coefficient of {@link OAS} follows. */
export type OASFormula = "scikit-learn" | "paper";

/** The options of {@link OAS}. */
export interface OASOptions extends EmpiricalCovarianceOptions {
  /** "paper" is equation 23 of Chen et al.; "scikit-learn" leaves its terms 2/d out, which costs up to an eighth of its accuracy at 2 to 5 features. Default "scikit-learn". */
  formula?: OASFormula;
}

const assumeCentered = {
  range: { kind: "boolean" },
  default: false,
  description: "Whether the rows are known to have mean 0, so that second moments are taken about 0.",
} satisfies OptionDeclaration<boolean>;

/** The options of EmpiricalCovariance, declared once. */
export const empiricalCovarianceOptions = { assumeCentered } satisfies DeclarationsOf<EmpiricalCovarianceOptions>;

/** The options of ShrunkCovariance, declared once. */
export const shrunkCovarianceOptions = {
  shrinkage: {
    range: { kind: "number", minimum: 0, maximum: 1 },
    default: 0.1,
    unit: "fraction",
    description: "The weight of the mean variance, times the identity, in the covariance.",
  },
  assumeCentered,
} satisfies DeclarationsOf<ShrunkCovarianceOptions>;

/** The options of LedoitWolf, declared once. */
export const ledoitWolfOptions = { assumeCentered } satisfies DeclarationsOf<LedoitWolfOptions>;

/** The options of OAS, declared once. */
export const oasOptions = {
  assumeCentered,
  formula: {
    range: { kind: "choice", choices: ["scikit-learn", "paper"] },
    default: "scikit-learn",
    description: "Whether the shrinkage coefficient follows the paper's equation 23, or scikit-learn, which leaves its terms 2/d out.",
  },
} satisfies DeclarationsOf<OASOptions>;
