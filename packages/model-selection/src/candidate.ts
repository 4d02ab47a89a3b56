import type { Diagnostic, Mixture, MixturaError, Objective } from "@mixtura/core";
import type { CovarianceType, FittedGaussianMixture } from "@mixtura/mixture";
import type { InformationCriteria } from "./criteria.ts";
import { informationCriteria } from "./criteria.ts";
import type { CrossValidation } from "./cross-validate.ts";

/** What is tried: one number of components, with one form of covariance where the estimator has several. */
export interface CandidateChoice {
  readonly nComponents: number;
  readonly covarianceType?: CovarianceType | undefined;
}

/** The choice of an estimator whose models are of this type. */
type ChoiceOf<Fitted> = Fitted extends { readonly covarianceType: CovarianceType }
  ? Required<{ readonly [name in keyof CandidateChoice]: NonNullable<CandidateChoice[name]> }>
  : CandidateChoice;

/** How a candidate came about, whether or not it could be fitted. */
interface CandidateFacts {
  /** Type of the plugin that fitted it: "GaussianMixture". */
  readonly estimator: string;
  /** What its chain is called in tables: the covariance type, or the estimator's type where it has only one form. */
  readonly form: string;
  /** The number of components of the solution that was split for a further start, where one was. */
  readonly splitFrom?: number;
  /** Time that its fits took; a candidate that was taken over from earlier work keeps the time of then. */
  readonly seconds: number;
}

/** A candidate that was fitted, with a model of any type. */
interface FittedFacts<Fitted> extends CandidateFacts {
  /** −2 × the held-out log-likelihood of all rows; only where "cv" is the criterion. */
  readonly cv?: number;
  /** The cross-validation itself, with the score of every fold. */
  readonly crossValidation?: CrossValidation;
  readonly nParameters: number;
  readonly converged: boolean;
  /**
   * Whether a component rests on fewer rows or less spread than its parameters need, or several have as many parameters as the rows have numbers. Such
   * a candidate never wins.
   */
  readonly degenerate: boolean;
  /** Which start led here: one of the estimator's own, the split solution of fewer components, or the merged one of more. */
  readonly start: "own" | "split" | "merged";
  /** The objective of the best sound start but that one, in nats; absent where there was no other. */
  readonly nextStart?: number;
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

/** What one or the other has to say. */
type EitherFacts = { readonly [name in keyof LikelihoodFacts]?: number | undefined };

/** A candidate that was fitted. */
export type FittedCandidate<Fitted extends Mixture = FittedGaussianMixture> = Fitted extends Mixture
  ? FittedFacts<Fitted> &
      ChoiceOf<Fitted> &
      (Fitted extends { readonly isPosterior: false }
        ? LikelihoodFacts
        : Fitted extends { readonly isPosterior: true }
          ? PosteriorFacts
          : EitherFacts)
  : never;

/** What a candidate lacks that could not be fitted. */
interface FailedFacts extends CandidateFacts {
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

/** A candidate that could not be fitted, with the reason. */
export type FailedCandidate<Fitted extends Mixture = FittedGaussianMixture> = FailedFacts & ChoiceOf<Fitted>;

/** One row of a selection. Its `error` tells the two kinds apart. */
export type Candidate<Fitted extends Mixture = FittedGaussianMixture> = FittedCandidate<Fitted> | FailedCandidate<Fitted>;

/** What is known of a candidate's fit besides its model. */
export interface CandidateOrigin extends CandidateChoice {
  readonly estimator: string;
  readonly splitFrom: number | undefined;
  readonly seconds: number;
}

/** Whether the optimum that became the model is degenerate. */
export function isDegenerate({ degenerateComponents }: Mixture): boolean {
  return degenerateComponents.length > 0;
}

/**
 * Whether several components have as many free parameters as the rows have numbers: then each number could have a parameter of its own, and the
 * likelihood says nothing of groups.
 */
function isOverfull({ nComponents, nParameters, featureCount, objective }: Mixture): boolean {
  return nComponents > 1 && objective !== undefined && nParameters >= objective.weight * featureCount;
}

function overfullDiagnostic({ nComponents, nParameters, featureCount, objective }: Mixture): Diagnostic {
  const numbers = objective!.weight * featureCount;
  return {
    code: "as-many-parameters-as-numbers",
    severity: "warning",
    message:
      `${nComponents} components have ${nParameters} free parameters for ${Number(numbers.toPrecision(6))} numbers: the likelihood says nothing ` +
      "of groups. Use fewer components, a stiffer covarianceType, or more rows.",
    detail: { nParameters, numbers },
  };
}

/** The row of a fitted model. */
export function fittedCandidate(
  { model, start, nextStart }: Pick<FittedCandidate<Mixture>, "model" | "start" | "nextStart">,
  origin: CandidateOrigin,
  crossValidation?: CrossValidation,
): FittedCandidate<Mixture> {
  const { nParameters, trace, criteria, objective } = model;
  const overfull = isOverfull(model);
  return Object.freeze({
    ...factsOf(origin),
    ...(criteria === undefined ? boundOf(objective) : { ...informationCriteria(model, criteria), logLikelihood: criteria.logLikelihood }),
    ...(crossValidation === undefined ? {} : { cv: -2 * crossValidation.weight * crossValidation.mean, crossValidation }),
    nParameters,
    converged: trace.converged ?? true, // a fit in one go is at its end
    degenerate: isDegenerate(model) || overfull,
    start,
    ...(nextStart === undefined ? {} : { nextStart }),
    diagnostics: overfull ? Object.freeze([...trace.diagnostics, overfullDiagnostic(model)]) : trace.diagnostics,
    model,
  });
}

/** What a model without criteria was compared by. */
function boundOf(objective: Objective | undefined): { readonly lowerBound?: number } {
  return objective === undefined ? {} : { lowerBound: objective.value };
}

/** The row of a choice that failed. */
export function failedCandidate(origin: CandidateOrigin, error: MixturaError): FailedCandidate<Mixture> {
  return Object.freeze({
    ...factsOf(origin),
    converged: false,
    degenerate: false,
    diagnostics: Object.freeze([]),
    error,
  });
}

function factsOf({ estimator, nComponents, covarianceType, splitFrom, seconds }: CandidateOrigin): CandidateFacts & CandidateChoice {
  return {
    estimator,
    nComponents,
    ...(covarianceType === undefined ? {} : { covarianceType }),
    form: covarianceType ?? estimator,
    ...(splitFrom === undefined ? {} : { splitFrom }),
    seconds,
  };
}
