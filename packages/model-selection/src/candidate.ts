import type { Diagnostic, MixturaError } from "@mixtura/core";
import type { CovarianceType, FittedGaussianMixture } from "@mixtura/mixture";
import type { InformationCriteria } from "./criteria.ts";
import { informationCriteria } from "./criteria.ts";
import type { CrossValidation } from "./cross-validate.ts";

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

/** A candidate that was fitted. Its criteria are those of the data it was fitted on; lower is better. */
export interface FittedCandidate extends CandidateFacts, InformationCriteria {
  /** −2 × the held-out log-likelihood of all rows; only where "cv" is the criterion. */
  readonly cv?: number;
  /** The cross-validation itself, with the score of every fold. */
  readonly crossValidation?: CrossValidation;
  /** Σ w log p(x), in nats. */
  readonly logLikelihood: number;
  readonly nParameters: number;
  readonly converged: boolean;
  /** Whether a component rests on fewer rows or less spread than its parameters need. Such a candidate never wins. */
  readonly degenerate: boolean;
  /** Which start led here: one of the estimator's own, or the split solution of fewer components. */
  readonly start: "own" | "split";
  readonly diagnostics: readonly Diagnostic[];
  readonly model: FittedGaussianMixture;
  readonly error?: undefined;
}

/** A candidate that could not be fitted, with the reason. */
export interface FailedCandidate extends CandidateFacts {
  readonly bic?: undefined;
  readonly aic?: undefined;
  readonly aicc?: undefined;
  readonly icl?: undefined;
  readonly cv?: undefined;
  readonly crossValidation?: undefined;
  readonly logLikelihood?: undefined;
  readonly nParameters?: undefined;
  readonly converged: false;
  readonly degenerate: false;
  readonly start?: undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly model?: undefined;
  readonly error: MixturaError;
}

/** One row of a selection. Its `error` tells the two kinds apart. */
export type Candidate = FittedCandidate | FailedCandidate;

/** What is known of a candidate's fit beside its model. */
export interface CandidateOrigin {
  readonly estimator: string;
  readonly splitFrom: number | undefined;
  readonly seconds: number;
}

/** Whether the optimum that became the model is degenerate. */
export function isDegenerate({ trace }: FittedGaussianMixture): boolean {
  return trace.restarts.some(({ chosen, degenerate }) => chosen && degenerate);
}

/**
 * The row of a fitted model.
 *
 * @param weight Σ w of the rows it was fitted on
 */
export function fittedCandidate(
  model: FittedGaussianMixture,
  { estimator, splitFrom, seconds }: CandidateOrigin,
  weight: number,
  start: FittedCandidate["start"] = "own",
  crossValidation?: CrossValidation,
): FittedCandidate {
  const { nComponents, covarianceType, logLikelihood, nParameters, trace } = model;
  return Object.freeze({
    estimator,
    nComponents,
    covarianceType,
    ...informationCriteria(model, weight),
    ...(crossValidation === undefined ? {} : { cv: -2 * crossValidation.weight * crossValidation.mean, crossValidation }),
    logLikelihood: logLikelihood!,
    nParameters,
    converged: trace.converged,
    degenerate: isDegenerate(model),
    start,
    ...(splitFrom === undefined ? {} : { splitFrom }),
    diagnostics: trace.diagnostics,
    seconds,
    model,
  });
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
