import type { Diagnostic, MixturaError } from "@mixtura/core";
import type { CovarianceType, FittedGaussianMixture } from "@mixtura/mixture";

/** What is tried: one number of components with one form of covariance. */
export interface CandidateChoice {
  readonly nComponents: number;
  readonly covarianceType: CovarianceType;
}

/** A candidate that was fitted. */
export interface FittedCandidate extends CandidateChoice {
  /** Criteria of the data it was fitted on; lower is better. */
  readonly bic: number;
  readonly aic: number;
  readonly icl: number;
  /** Σ w log p(x), in nats. */
  readonly logLikelihood: number;
  readonly nParameters: number;
  readonly converged: boolean;
  /** Whether a component rests on fewer rows or less spread than its parameters need. Such a candidate never wins. */
  readonly degenerate: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly model: FittedGaussianMixture;
  readonly error?: undefined;
}

/** A candidate that could not be fitted, with the reason. */
export interface FailedCandidate extends CandidateChoice {
  readonly bic?: undefined;
  readonly aic?: undefined;
  readonly icl?: undefined;
  readonly logLikelihood?: undefined;
  readonly nParameters?: undefined;
  readonly converged: false;
  readonly degenerate: false;
  readonly diagnostics: readonly Diagnostic[];
  readonly model?: undefined;
  readonly error: MixturaError;
}

/** One row of a selection. Its `error` tells the two kinds apart. */
export type Candidate = FittedCandidate | FailedCandidate;

/** The row of a fitted model. */
export function fittedCandidate(model: FittedGaussianMixture): FittedCandidate {
  const { nComponents, covarianceType, bic, aic, icl, logLikelihood, nParameters, trace } = model;
  return Object.freeze({
    nComponents,
    covarianceType,
    bic: bic!,
    aic: aic!,
    icl: icl!,
    logLikelihood: logLikelihood!,
    nParameters,
    converged: trace.converged,
    degenerate: trace.restarts.some(({ chosen, degenerate }) => chosen && degenerate),
    diagnostics: trace.diagnostics,
    model,
  });
}

/** The row of a choice that failed. */
export function failedCandidate(choice: CandidateChoice, error: MixturaError): FailedCandidate {
  return Object.freeze({ ...choice, converged: false, degenerate: false, diagnostics: Object.freeze([]), error });
}
