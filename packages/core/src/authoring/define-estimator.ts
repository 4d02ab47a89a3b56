import type { Data, Estimator, FitContext, FitStep, FittedModel } from "../estimator.ts";
import { checkOptions } from "../options/check.ts";
import type { CheckedOptions, DeclarationsOf, OptionDeclarations } from "../options/declare.ts";
import type { Capability, EstimatorPlugin, ReviveContext } from "../plugin.ts";
import { PLUGIN_CONTRACT_VERSION } from "../plugin.ts";
import type { FitJob } from "./fit-job.ts";
import { startJob } from "./fit-job.ts";
import type { FitState } from "./states.ts";
import { finished, withModels } from "./states.ts";

/** What is common to the definitions of all estimators. `Extras` are arguments in addition to the options, such as a backend. */
interface DefinitionBase<Options extends object, Declared, Fitted extends FittedModel, Extras extends object> {
  /** The name in models and on the command line. */
  readonly type: Fitted["type"];
  /** One sentence for lists. */
  readonly summary: string;
  readonly capabilities: readonly Capability[];
  /** The options, declared once. */
  readonly options: Declared;
  /** Why all rows must be in memory and what to do, where the capability "blocks" is absent: the rest of an error's sentence. */
  readonly rowsNeeded?: string;
  /** Looks at options before they are checked one by one. Throws `unknown-option` or `invalid-option`. */
  checkGiven?(given: object): void;
  /** Rejects options that exclude each other, though each alone is allowed. Throws `invalid-option`. */
  check?(options: CheckedOptions<Options, Declared>, extras: Extras): void;
  /** Reads a fitted model from untrusted JSON. */
  revive(json: unknown, context?: ReviveContext): Fitted;
}

/** An estimator that fits in one go. */
export interface EstimatorDefinition<
  Options extends object,
  Declared,
  Fitted extends FittedModel,
  Extras extends object = object,
> extends DefinitionBase<Options, Declared, Fitted, Extras> {
  /** The mathematics. What it throws rejects the fit. */
  fit(X: Data, job: FitJob<CheckedOptions<Options, Declared>> & Extras): Promise<Fitted>;
}

/** An estimator whose states can be walked one by one. */
export interface SteppedEstimatorDefinition<
  Options extends object,
  Declared,
  Fitted extends FittedModel,
  Extras extends object = object,
> extends DefinitionBase<Options, Declared, Fitted, Extras> {
  /** The mathematics: every state in turn; the return value is the fitted model. */
  states(X: Data, job: FitJob<CheckedOptions<Options, Declared>> & Extras): AsyncGenerator<FitState<Fitted>, Fitted>;
}

/** A configured estimator. Its options never change. */
export interface ConfiguredEstimator<
  Given extends object,
  Checked extends object,
  Fitted extends FittedModel,
  Extras extends object = object,
> {
  /** The name of the estimator, as in model files. */
  readonly type: Fitted["type"];
  /** The options: checked, and with defaults. */
  readonly options: Checked;
  /**
   * A copy with some options changed.
   *
   * @throws MixturaError `invalid-option`, `unknown-option`
   */
  with(changes: Given): this;
  /**
   * Fits a model; the estimator stays as it is.
   *
   * @param X n×d rows: in memory, or a source of blocks where the estimator takes one. Arrays are not copied: leave them as they are until the fit has
   *   ended, and do not transfer them, or it ends in an error or in a model of no data set. A source whose rows change between walks is a `read-error`
   * @param context weights, an abort signal, a callback for progress, and where the rows come from
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-weight`, `too-few-rows`, `not-supported`, `read-error`, `aborted`, and
   *   what the class says in addition
   */
  fit(X: Data, context?: FitContext): Promise<Fitted>;
  /**
   * Checks what a fit is given and starts its clock, for methods other than `fit` that fit. They reject with what it throws.
   *
   * @internal
   */
  job(X: Data, context?: FitContext): FitJob<Checked> & Extras;
}

/** A configured estimator whose states can be walked one by one. */
export interface SteppedEstimator<
  Given extends object,
  Checked extends object,
  Fitted extends FittedModel,
  Extras extends object = object,
> extends ConfiguredEstimator<Given, Checked, Fitted, Extras> {
  /**
   * Every state of the fit, restart after restart, each as a model of its own; the return value is the fitted model.
   *
   * @throws (by rejection) MixturaError as `fit` does
   */
  steps(X: Data, context?: FitContext): AsyncGenerator<FitStep<Fitted>, Fitted>;
}

/** The class of an estimator: what {@link defineEstimator} gives, to be extended under the estimator's name. */
export interface EstimatorClass<Given extends object, Fitted extends FittedModel, Instance extends Estimator<Fitted>> {
  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  new (options?: Given): Instance;
  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @param context plugins that read models of other packages, for models that hold others
   * @throws MixturaError `invalid-model`, `unsupported-version`, `unknown-model-type`
   */
  load(json: unknown, context?: ReviveContext): Fitted;
  /** @internal */
  readonly definition: {
    readonly type: Fitted["type"];
    readonly summary: string;
    readonly options: OptionDeclarations;
    readonly capabilities: readonly Capability[];
  };
}

/** Separates extra arguments from the options. */
export type Split<Options extends object, Extras extends object> = (
  owner: string,
  given: Options & Partial<Extras>,
) => { readonly options: Options; readonly extras: Extras };

/**
 * Makes the class of an estimator from its mathematics: options that are checked and copied, `with`, `fit` that rejects and never throws, `steps`
 * where there are states, and `load`.
 *
 * @example
 * ```ts run
 * interface MeanOptions {
 *   trim?: number;
 * }
 * const meanOptions = {
 *   trim: {
 *     range: { kind: "number", minimum: 0, maximum: 1 },
 *     default: 0,
 *     description: "Values above this are left out.",
 *   },
 * } satisfies DeclarationsOf<MeanOptions>;
 * class FittedMean extends ModelBase {
 *   readonly type = "Mean";
 *   constructor(
 *     readonly payload: ModelRecord & { readonly mean: number },
 *   ) {
 *     super(payload);
 *     Object.freeze(this);
 *   }
 *   protected parametersToJSON() {
 *     return { mean: this.payload.mean };
 *   }
 * }
 * class Mean extends defineEstimator<
 *   MeanOptions,
 *   typeof meanOptions,
 *   FittedMean
 * >({
 *   type: "Mean",
 *   summary: "The mean of the first feature.",
 *   capabilities: [],
 *   options: meanOptions,
 *   async fit(X, job) {
 *     const read = await job.read(X);
 *     const column = read.X.data.filter(
 *       (_, at) => at % read.X.columns === 0,
 *     );
 *     return new FittedMean({
 *       ...job.record(read),
 *       mean: column.reduce((sum, x) => sum + x, 0) / column.length,
 *     });
 *   },
 *   revive: (json) =>
 *     new FittedMean(
 *       readModel(json, "Mean", (reader) => ({
 *         mean: reader.number("mean"),
 *       })),
 *     ),
 * }) {}
 * const model = await new Mean().fit([[1], [3]]);
 * model.payload.mean // => 2
 * Mean.load(JSON.stringify(model)).payload.mean // => 2
 * ```
 */
export function defineEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: SteppedEstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<Options, Fitted, SteppedEstimator<Options, CheckedOptions<Options, Declared>, Fitted>>;
export function defineEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: EstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<Options, Fitted, ConfiguredEstimator<Options, CheckedOptions<Options, Declared>, Fitted>>;
// @__NO_SIDE_EFFECTS__
export function defineEstimator<Options extends object, Declared extends DeclarationsOf<Options>, Fitted extends FittedModel>(
  definition: EstimatorDefinition<Options, Declared, Fitted> | SteppedEstimatorDefinition<Options, Declared, Fitted>,
): EstimatorClass<Options, Fitted, ConfiguredEstimator<Options, CheckedOptions<Options, Declared>, Fitted>> {
  return estimatorClass(definition, (_, options) => ({ options, extras: {} }));
}

/** {@link defineEstimator} for families of estimators that take extra arguments in addition to their options. */
// @__NO_SIDE_EFFECTS__
export function estimatorClass<
  Options extends object,
  Declared extends DeclarationsOf<Options>,
  Fitted extends FittedModel,
  Extras extends object,
>(
  definition: EstimatorDefinition<Options, Declared, Fitted, Extras> | SteppedEstimatorDefinition<Options, Declared, Fitted, Extras>,
  split: Split<Options, Extras>,
): EstimatorClass<
  Options & Partial<Extras>,
  Fitted,
  SteppedEstimator<Options & Partial<Extras>, CheckedOptions<Options, Declared>, Fitted, Extras>
> {
  type Checked = CheckedOptions<Options, Declared>;
  type Given = Options & Partial<Extras>;
  const { type } = definition;

  class DefinedEstimator implements ConfiguredEstimator<Given, Checked, Fitted, Extras> {
    static readonly definition = definition;
    readonly type = type;
    readonly options: Checked;
    readonly #extras: Extras;

    constructor(given: Given = {} as Given) {
      const { options, extras } = split(type, given);
      definition.checkGiven?.(options);
      this.options = checkOptions<Options, Declared>(type, definition.options, options) as Checked;
      this.#extras = extras;
      definition.check?.(this.options, extras);
      Object.freeze(this);
    }

    with(changes: Given): this {
      const Same = this.constructor as new (options: object) => this;
      return new Same({ ...this.options, ...this.#extras, ...changes });
    }

    async fit(X: Data, context?: FitContext): Promise<Fitted> {
      const job = this.job(X, context);
      return "states" in definition ? finished(definition.states(X, job)) : definition.fit(X, job);
    }

    static load(json: unknown, context?: ReviveContext): Fitted {
      return definition.revive(json, context);
    }

    job(X: Data, context: FitContext | undefined): FitJob<Checked> & Extras {
      return { ...this.#extras, ...startJob(definition, this.options, X, context) };
    }
  }

  if (!("states" in definition)) return DefinedEstimator as never;
  const stepped = definition;
  return class extends DefinedEstimator {
    async *steps(X: Data, context?: FitContext): AsyncGenerator<FitStep<Fitted>, Fitted> {
      return yield* withModels(stepped.states(X, this.job(X, context)));
    }
  };
}

/**
 * The plugin of an estimator's class.
 *
 * @example
 * ```ts run
 * pluginOf(GaussianMixture).create({ nComponents: 2 }).options
 *   .nComponents // => 2
 * ```
 */
export function pluginOf<Given extends object, Fitted extends FittedModel, Instance extends Estimator<Fitted>>(
  Class: EstimatorClass<Given, Fitted, Instance>,
): Omit<EstimatorPlugin<Given, Fitted>, "create"> & { create(options: Given): Instance } {
  const { type, summary, options, capabilities } = Class.definition;
  return Object.freeze({
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type,
    summary,
    options,
    capabilities,
    create: (given: Given) => new Class(given),
    revive: (json: unknown, context?: ReviveContext) => Class.load(json, context),
  });
}
