import type { BlockSource, Estimator, FitContext, FitProgress, MatrixLike } from "@mixtura/core";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import { gaussianMixturePlugin } from "@mixtura/mixture";
import type { CandidateChoice, FittedCandidate, FittedMixture } from "./candidate.ts";
import { isDegenerate } from "./candidate.ts";
import { concernsOneCandidate } from "./failure.ts";
import type { MixturePlugin, SharedOptions } from "./options.ts";

/** How one number of components is fitted: by which plugin, with which options, on which backend. */
export interface FitRecipe<Fitted extends FittedMixture = FittedGaussianMixture> extends BackendChoice {
  readonly plugin: MixturePlugin<Fitted>;
  /** The options that all fits share, among them the seed. */
  readonly shared: SharedOptions & { readonly randomState: number };
  /** Names of those that were given, if only some were: the others are GaussianMixture's defaults, which other estimators do not share. */
  readonly given?: ReadonlySet<string>;
}

/** A fit with its start. */
export interface BestFit<Fitted extends FittedMixture = FittedGaussianMixture> {
  readonly model: Fitted;
  readonly start: FittedCandidate["start"];
}

/** The estimator of a choice. Throws what the plugin says about its options. */
export function estimatorOf<Fitted extends FittedMixture>(
  { plugin, shared, given: names, backend }: FitRecipe<Fitted>,
  choice: CandidateChoice,
  more: object = {},
): Estimator<Fitted> {
  const { options, type } = plugin;
  const known = Object.entries(shared).filter(
    ([name, value]) =>
      value !== undefined &&
      options[name] !== undefined &&
      (names === undefined || type === "GaussianMixture" || name === "randomState" || names.has(name)),
  );
  const given = { ...Object.fromEntries(known), ...choice, ...(backend === undefined ? {} : { backend }), ...more };
  return plugin.create(given as never);
}

/**
 * The best fit of a choice: the estimator's own starts, and one more from a solution with fewer components, split.
 *
 * A sound fit is better than a degenerate one, then the higher likelihood counts; among equals the estimator's own start.
 *
 * @param from a sound solution with fewer components of the same type, where there is one
 */
export async function fitBest<Fitted extends FittedMixture>(
  recipe: FitRecipe<Fitted>,
  choice: CandidateChoice,
  X: MatrixLike | BlockSource,
  from: FittedMixture | undefined,
  context: FitContext,
): Promise<BestFit<Fitted>> {
  const own = await estimatorOf(recipe, choice).fit(X, context);
  if (from === undefined || recipe.plugin.options["init"] === undefined) return { model: own, start: "own" };
  const { regCovar, randomState } = recipe.shared;
  const quiet = silent(context);
  const options = { ...(regCovar === undefined ? {} : { regCovar }), randomState, ...backendOf(recipe) };
  try {
    const start = await gaussianMixturePlugin.mixture.split!(plain(from), { nComponents: choice.nComponents, X, options, context: quiet });
    const split = await estimatorOf(recipe, choice, start).fit(X, afterOwn(context, own.trace.restarts.length));
    return isBetter(split, own) ? { model: split, start: "split" } : { model: own, start: "own" };
  } catch (error) {
    if (concernsOneCandidate(error)) return { model: own, start: "own" }; // a start more that cannot be had costs nothing
    throw error;
  }
}

/** The mixture that is split: of a posterior the one at its means. */
function plain(model: FittedMixture): FittedGaussianMixture {
  return model.type === "GaussianMixture" ? model : model.toGaussianMixture();
}

/** What fits of one kind are compared by. */
function objectiveOf(model: FittedMixture): number {
  return model.type === "GaussianMixture" ? model.logLikelihood! : model.lowerBound!;
}

/** Whether a fit is to be preferred: sound before degenerate, then by likelihood. */
export function isBetter(a: FittedMixture, b: FittedMixture): boolean {
  const [first, second] = [isDegenerate(a), isDegenerate(b)];
  return first === second ? objectiveOf(a) > objectiveOf(b) : second;
}

function backendOf({ backend }: BackendChoice): BackendChoice {
  return backend === undefined ? {} : { backend };
}

function silent({ onProgress: _, ...context }: FitContext): FitContext {
  return context;
}

/** The split start counts as the restart after the estimator's own. */
function afterOwn(context: FitContext, own: number): FitContext {
  const { onProgress } = context;
  if (onProgress === undefined) return context;
  return { ...context, onProgress: (event: FitProgress) => onProgress({ ...event, restart: own, restarts: own + 1 }) };
}
