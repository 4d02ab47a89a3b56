import type { CheckedOptions, DeclarationsOf, MatrixLike } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { RegCovar } from "../em/floors.ts";
import type { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import type { GaussianMixtureOptions } from "../gaussian-mixture/options.ts";
import { gaussianMixtureOptions } from "../gaussian-mixture/options.ts";
import { structured } from "../parameters/declarations.ts";
import type { FittedBayesianGaussianMixture } from "./model.ts";
import type { PosteriorDensity, PriorConvention, WeightConcentrationPriorType } from "./choices.ts";
import { LEAST_BELIEF, MOST_BELIEF, posteriorDensities, priorConventions, weightConcentrationPriorTypes } from "./choices.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE } from "./payload.ts";

/** The options of {@link BayesianGaussianMixture}. Names and meanings are scikit-learn's, in camelCase. */
export interface BayesianGaussianMixtureOptions extends Omit<GaussianMixtureOptions, "init" | "nInit"> {
  /** Number of starts; the best is kept and all are reported in `trace.restarts`. Default 1. */
  nInit?: number;
  /**
   * As for {@link GaussianMixtureOptions.regCovar}; it is the inverse of the expected precision that is limited. Default `{ relative: 1e-6, steps: 0.25 }`;
   * without steps under scikit-learn's convention.
   */
  regCovar?: RegCovar;
  /** A fitted model to start from. Where it was fitted to the same rows by the same options, the fit goes on with its bounds: a chain of short fits converges like a long one. */
  init?: FittedBayesianGaussianMixture | FittedGaussianMixture;
  /** How weights are distributed before the data are seen. Default "dirichlet_process". */
  weightConcentrationPriorType?: WeightConcentrationPriorType;
  /**
   * The concentration: of the Dirichlet process, or of every component under "dirichlet_distribution". Smaller ones expect fewer components.
   * "learn" finds the likeliest under a Gamma(1, 1) hyperprior. Default 1/K.
   */
  weightConcentrationPrior?: number | "learn";
  /** Weight of the prior mean, in rows. Default 1. */
  meanPrecisionPrior?: number;
  /** The prior mean of the means, d numbers. Default: the mean of X. */
  meanPrior?: ArrayLike<number>;
  /** Degrees of freedom of the prior of the precisions, above d − 1. Default d. */
  degreesOfFreedomPrior?: number;
  /**
   * The inverse scale of the prior of the precisions: d×d for full and tied, d numbers for diag, one for spherical. A covariance is expected to be
   * this divided by `degreesOfFreedomPrior`. Default: the sample covariance of X (n − 1), its diagonal, or the mean of that.
   */
  covariancePrior?: MatrixLike | ArrayLike<number> | number;
  /** A model with updates and a bound of its own, or scikit-learn's numbers. Default "conjugate". */
  priorConvention?: PriorConvention;
  /** What the fitted model scores, labels and draws rows by. Default "predictive". */
  density?: PosteriorDensity;
  /** Whether components are taken away, merged and put in order after the iterations, where that raises the bound. Default false. */
  moves?: boolean;
}

/** The options after checking. */
export type CheckedBayesianGaussianMixtureOptions = CheckedOptions<BayesianGaussianMixtureOptions, typeof bayesianGaussianMixtureOptions>;

/** By its type and not its class, so that a model of another copy of this package serves too. */
function isMixtureModel(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("covariance" in value) || !("type" in value)) return false;
  return value.type === BAYESIAN_GAUSSIAN_MIXTURE || value.type === "GaussianMixture";
}

const { init: _init, regCovar: _regCovar, ...shared } = gaussianMixtureOptions;
const positive = { kind: "number", minimum: 0, exclusiveMinimum: true } as const;
const belief = { kind: "number", minimum: LEAST_BELIEF, maximum: MOST_BELIEF } as const;

/** The options of BayesianGaussianMixture, declared once. */
export const bayesianGaussianMixtureOptions = {
  ...shared,
  tol: {
    ...shared.tol,
    description:
      "Stop when less than this is left to gain in the bound; without acceleration, when it changes by less. 0 runs exactly maxIter iterations.",
  },
  nInit: { range: { kind: "integer", minimum: 1 }, default: 1, unit: "starts", description: "Number of starts; the best is kept." },
  regCovar: {
    range: gaussianMixtureOptions.regCovar.range,
    unit: gaussianMixtureOptions.regCovar.unit,
    description:
      "The least spread of a component, as fractions of each feature's variance and squared step; or a number that is added to every variance. " +
      "If not given, { relative: 1e-6, steps: 0.25 }, and no steps under scikit-learn's convention.",
  },
  init: {
    range: { kind: "other", words: "a fitted BayesianGaussianMixture or GaussianMixture", accepts: isMixtureModel },
    description: "A fitted model to start from.",
    flag: false,
  },
  weightConcentrationPriorType: {
    range: { kind: "choice", choices: weightConcentrationPriorTypes },
    default: "dirichlet_process",
    description: "How weights are distributed before the data are seen.",
  },
  weightConcentrationPrior: {
    range: { kind: "either", alternatives: [belief, { kind: "choice", choices: ["learn"] }] },
    description: "Concentration of the weights; smaller ones expect fewer components. 1/K if not given; learn estimates it.",
  },
  meanPrecisionPrior: { range: belief, default: 1, unit: "rows", description: "Weight of the prior mean, in rows." },
  meanPrior: {
    range: structured("d numbers"),
    description: "Prior mean of the means; the mean of the rows if not given.",
    flag: false,
  },
  degreesOfFreedomPrior: {
    range: belief,
    description: "Degrees of freedom of the prior of the precisions, above d − 1; d if not given.",
  },
  covariancePrior: {
    range: { kind: "either", alternatives: [positive, structured("d×d numbers for full and tied, d for diag")] },
    description: "Inverse scale of the prior of the precisions; the sample covariance if not given.",
    flag: false,
  },
  priorConvention: {
    range: { kind: "choice", choices: priorConventions },
    default: "conjugate",
    description: "A model for every covariance type with a bound that never falls (conjugate), or scikit-learn's numbers.",
  },
  density: {
    range: { kind: "choice", choices: posteriorDensities },
    default: "predictive",
    description:
      "What the fitted model scores by: the posterior predictive, its posterior means, or scikit-learn's score, which is not a density.",
  },
  moves: {
    range: { kind: "boolean" },
    default: false,
    description:
      "Whether components are taken away and merged where that raises the bound, so that a start with too many components still reaches a good optimum.",
  },
} satisfies DeclarationsOf<BayesianGaussianMixtureOptions>;

/**
 * Rejects options that need the bound of the conjugate convention without it.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkBayesianOptions(options: CheckedBayesianGaussianMixtureOptions): void {
  const { priorConvention, weightConcentrationPrior, moves } = options;
  if (priorConvention === "conjugate" || (weightConcentrationPrior !== "learn" && !moves)) return;
  const option = weightConcentrationPrior === "learn" ? "weightConcentrationPrior" : "moves";
  throw new MixturaError(
    "invalid-option",
    `${BAYESIAN_GAUSSIAN_MIXTURE}: "${option}" needs the conjugate bound, which priorConvention "scikit-learn" does not have. ` +
      `Use priorConvention "conjugate".`,
    { option, found: options[option] },
  );
}
