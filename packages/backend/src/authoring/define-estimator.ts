import type { CheckedOptions, DeclarationsOf, FittedModel } from "@mixtura/core";
import type { ConfiguredEstimator, EstimatorClass, SteppedEstimator } from "@mixtura/core/authoring";
import type { EstimatorDefinition, SteppedEstimatorDefinition } from "@mixtura/core/internal";
import { estimatorClass } from "@mixtura/core/internal";
import type { Backend } from "../contract.ts";
import type { BackendChoice } from "../rows/take-backend.ts";
import { takeBackend } from "../rows/take-backend.ts";

/** What a definition's functions get besides: the backend that was asked for, if any. */
export interface OnBackend {
  readonly backend?: Backend;
}

/** An estimator that walks its rows on a backend and fits in one go. */
export type BackendEstimatorDefinition<Options extends object, Declared, Fitted extends FittedModel> = EstimatorDefinition<
  Options,
  Declared,
  Fitted,
  OnBackend
>;

/** An estimator that walks its rows on a backend, and whose states can be walked one by one. */
export type SteppedBackendEstimatorDefinition<Options extends object, Declared, Fitted extends FittedModel> = SteppedEstimatorDefinition<
  Options,
  Declared,
  Fitted,
  OnBackend
>;

/**
 * The class of an estimator that walks its rows on a backend: `defineEstimator` of `@mixtura/core/authoring`, whose constructor and `with` take
 * `backend` in addition to the options, and whose `fit` gets it in its job.
 */
export function defineBackendEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: SteppedBackendEstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<
  Options & BackendChoice,
  Fitted,
  SteppedEstimator<Options & BackendChoice, CheckedOptions<Options, Declared>, Fitted, OnBackend>
>;
export function defineBackendEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: BackendEstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<
  Options & BackendChoice,
  Fitted,
  ConfiguredEstimator<Options & BackendChoice, CheckedOptions<Options, Declared>, Fitted, OnBackend>
>;
// @__NO_SIDE_EFFECTS__
export function defineBackendEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: BackendEstimatorDefinition<Options, Declared, Fitted> | SteppedBackendEstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<
  Options & BackendChoice,
  Fitted,
  ConfiguredEstimator<Options & BackendChoice, CheckedOptions<Options, Declared>, Fitted, OnBackend>
> {
  return estimatorClass<Options, Declared, Fitted, OnBackend>(definition, (owner, given) => {
    const { backend, options } = takeBackend<Options>(owner, given);
    return { options, extras: backend === undefined ? {} : { backend } };
  });
}
