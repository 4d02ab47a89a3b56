import type { Diagnostic, MixturaError } from "@mixtura/core";
import type { CovarianceType, FittedBayesianGaussianMixture, FittedGaussianMixture } from "@mixtura/mixture";
import type { InformationCriteria } from "./criteria.ts";
import { informationCriteria } from "./criteria.ts";
import type { CrossValidation } from "./cross-validate.ts";

/** A fitted mixture of either kind. */
export type FittedMixture = FittedGaussianMixture | FittedBayesianGaussianMixture;

/** What is tried: one number of components with one form of covariance. */
export interface CandidateChoice {
  readonly nComponents: number;
  readonly covarianceType: CovarianceType;
}

/** How a candidate came about, whether or not it could be fitted. */
interface CandidateFacts extends CandidateChoice {
  /** Type of the plugin that fitted it: "GaussianMixture". */
  readonly estimator: string;
  /** The number of components of the solution that was split for a further start, where one was. */
  readonly splitFrom?: number;
  /** Time that its fits took; a candidate that was taken over from earlier work keeps the time of then. */
  readonly seconds: number;
}

/** A candidate that was fitted, whatever its model is. */
interface FittedFacts<Fitted> extends CandidateFacts {
  /** −2 × the held-out log-likelihood of all rows; only where "cv" is the criterion. */
  readonly cv?: number;
  /** The cross-validation itself, with the score of every fold. */
  readonly crossValidation?: CrossValidation;
  readonly nParameters: number;
  readonly converged: boolean;
  /** Whether a component rests on fewer rows or less spread than its parameters need. Such a candidate never wins. */
  readonly degenerate: boolean;
  /** Which start led here: one of the estimator's own, or the split solution of fewer components. */
  readonly start: "own" | "split";
  readonly diagnostics: readonly Diagnostic[];
  readonly model: Fitted;
  readonly error?: undefined;
}

/** What maximum likelihood has to say of the rows that were fitted; criteria are better when lower. */
interface LikelihoodFacts extends InformationCriteria {
  /** Σ w log p(x), in nats. */
  readonly logLikelihood: number;
  readonly lowerBound?: undefined;
}

/** What a posterior has to say of them: its criteria are none, but "cv". */
interface PosteriorFacts extends Readonly<Partial<Record<keyof InformationCriteria | "logLikelihood", undefined>>> {
  /** The evidence lower bound of all rows, in nats. */
  readonly lowerBound: number;
}

/** A candidate that was fitted. */
export type FittedCandidate<Fitted extends FittedMixture = FittedGaussianMixture> = Fitted extends FittedGaussianMixture
  ? FittedFacts<Fitted> & LikelihoodFacts
  : FittedFacts<Fitted> & PosteriorFacts;

/** A candidate that could not be fitted, with the reason. */
export interface FailedCandidate extends CandidateFacts {
  readonly bic?: undefined;
  readonly aic?: undefined;
  readonly aicc?: undefined;
  readonly icl?: undefined;
  readonly cv?: undefined;
  readonly crossValidation?: undefined;
  readonly logLikelihood?: undefined;
  readonly lowerBound?: undefined;
  readonly nParameters?: undefined;
  readonly converged: false;
  readonly degenerate: false;
  readonly start?: undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly model?: undefined;
  readonly error: MixturaError;
}

/** One row of a selection. Its `error` tells the two kinds apart. */
export type Candidate<Fitted extends FittedMixture = FittedGaussianMixture> = FittedCandidate<Fitted> | FailedCandidate;

/** What is known of a candidate's fit beside its model. */
export interface CandidateOrigin {
  readonly estimator: string;
  readonly splitFrom: number | undefined;
  readonly seconds: number;
}

/** Whether the optimum that became the model is degenerate. */
export function isDegenerate({ trace }: FittedMixture): boolean {
  return trace.restarts.some(({ chosen, degenerate }) => chosen && degenerate);
}

/**
 * The row of a fitted model.
 *
 * @param weight Σ w of the rows it was fitted on
 */
export function fittedCandidate(
  model: FittedMixture,
  { estimator, splitFrom, seconds }: CandidateOrigin,
  weight: number,
  start: "own" | "split" = "own",
  crossValidation?: CrossValidation,
): FittedCandidate<FittedMixture> {
  const { nComponents, covarianceType, nParameters, trace } = model;
  const choice = { estimator, nComponents, covarianceType };
  const rest = {
    ...(crossValidation === undefined ? {} : { cv: -2 * crossValidation.weight * crossValidation.mean, crossValidation }),
    nParameters,
    converged: trace.converged,
    degenerate: isDegenerate(model),
    start,
    ...(splitFrom === undefined ? {} : { splitFrom }),
    diagnostics: trace.diagnostics,
    seconds,
  };
  if (model.type === "GaussianMixture")
    return Object.freeze({ ...choice, ...informationCriteria(model, weight), logLikelihood: model.logLikelihood!, ...rest, model });
  return Object.freeze({ ...choice, lowerBound: weight * model.lowerBound!, ...rest, model });
}

/** The row of a choice that failed. */
export function failedCandidate(
  { nComponents, covarianceType }: CandidateChoice,
  { estimator, splitFrom, seconds }: CandidateOrigin,
  error: MixturaError,
): FailedCandidate {
  return Object.freeze({
    estimator,
    nComponents,
    covarianceType,
    converged: false,
    degenerate: false,
    ...(splitFrom === undefined ? {} : { splitFrom }),
    diagnostics: Object.freeze([]),
    seconds,
    error,
  });
}
