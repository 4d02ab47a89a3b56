import type { CheckedOptions, DeclarationsOf, FittedModel } from "@mixtura/core";
import type { CovarianceType, GaussianMixtureOptions } from "@mixtura/mixture";
import { gaussianMixtureOptions } from "@mixtura/mixture/internal";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import { isScoringModel } from "../detector/scoring.ts";
import type { ConstantsOptions } from "../columns/options.ts";
import { constantsDeclaration } from "../columns/options.ts";
import type { JudgementOptions } from "../threshold/declare.ts";
import { calibrationFractionDeclaration, noveltyDeclaration, thresholdDeclaration } from "../threshold/declare.ts";

/** The options of {@link MixtureDetector}: how it judges, and how its mixture is chosen and fitted. */
export interface MixtureDetectorOptions
  extends JudgementOptions, ConstantsOptions, Omit<GaussianMixtureOptions, "nComponents" | "covarianceType"> {
  /** Number of components, or those among which BIC chooses. Where none are given: 1 to 9, and on while the largest one wins, up to 30. */
  nComponents?: number | readonly number[];
  /** Starts of each mixture. Default 5. */
  nInit?: number;
  /** Form of the covariances, or those among which BIC chooses. Default all four. */
  covarianceType?: CovarianceType | readonly CovarianceType[];
  /**
   * A fitted density, which then is not fitted again: a Gaussian mixture, a kernel density, or any model whose `scoreSamples` is higher for more
   * normal rows.
   */
  mixture?: FittedModel;
}

/** The options after checking. */
export type CheckedMixtureDetectorOptions = CheckedOptions<MixtureDetectorOptions, typeof mixtureDetectorOptions>;

const { nComponents: _count, covarianceType: _type, ...fitting } = gaussianMixtureOptions;

/** The options of MixtureDetector, declared once; those of a fit are GaussianMixture's own declarations. */
export const mixtureDetectorOptions = {
  threshold: thresholdDeclaration(["apart", "contamination", "gap", "score", "logDensity", "fpr"]),
  novelty: noveltyDeclaration,
  calibrationFraction: calibrationFractionDeclaration,
  constants: constantsDeclaration,
  nComponents: {
    range: selectMixtureOptions.nComponents.range,
    description:
      "Number of components, or those among which BIC chooses; where none are given 1 to 9, and on while the largest wins, up to 30.",
  },
  covarianceType: {
    range: selectMixtureOptions.covarianceType.range,
    default: selectMixtureOptions.covarianceType.default,
    description: "Form of the covariances, or those among which BIC chooses.",
  },
  mixture: {
    range: { kind: "other", words: "a fitted density, such as a fitted GaussianMixture", accepts: isScoringModel },
    description: "A fitted density to judge by; it is not fitted again.",
    flag: false,
  },
  ...fitting,
  nInit: selectMixtureOptions.nInit,
} satisfies DeclarationsOf<MixtureDetectorOptions>;
