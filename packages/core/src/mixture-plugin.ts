import type { Mixture } from "./capabilities/mixture.ts";
import type { Data, FitContext } from "./estimator.ts";
import type { AnyEstimatorPlugin, EstimatorPlugin } from "./plugin.ts";

/** A start from a solution with fewer components. */
export interface SplitRequest {
  /** More than the model has. */
  readonly nComponents: number;
  readonly X: Data;
  /** The options of the fit that will start there, those of `create`. */
  readonly options: object;
  readonly context: FitContext;
}

/** What a plugin of mixtures says of its models before there are any. */
interface MixtureTraits<Fitted extends Mixture = Mixture> {
  /** Whether its models are posteriors: they have no information criteria, and `nComponents` is the most that they may use. */
  readonly isPosterior: boolean;
  /** Options of fits that start from a solution with fewer components, some of them split, the most promising first. Rejects as `fit` does. */
  split?(model: Fitted, request: SplitRequest): Promise<readonly object[]>;
  /** Options of fits that start from a solution with one component more, two of them merged, the most promising first. */
  merge?(model: Fitted): readonly object[];
}

/**
 * A plugin with the capability "mixture": it has an option `nComponents`, and `randomState` where fits are random, and its models pass
 * `isMixture`. Where it has an option `covarianceType`, a selection tries the values of that too.
 */
export interface MixturePlugin<Options extends object = never, Fitted extends Mixture = Mixture> extends EstimatorPlugin<Options, Fitted> {
  readonly mixture: MixtureTraits<Fitted>;
}

/** Whether a plugin's models are mixtures, by what it declares. */
export function isMixturePlugin(plugin: AnyEstimatorPlugin): plugin is AnyEstimatorPlugin & MixturePlugin {
  return plugin.capabilities.includes("mixture");
}
