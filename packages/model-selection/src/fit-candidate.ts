import type { Data, Estimator, FitContext, FitProgress, Mixture, MixturePlugin } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import type { BackendChoice, FittedGaussianMixture } from "@mixtura/mixture";
import type { CandidateChoice, FittedCandidate } from "./candidate.ts";
import { isDegenerate } from "./candidate.ts";
import { concernsOneCandidate } from "./failure.ts";
import type { SharedOptions } from "./options.ts";

/** How one number of components is fitted: by which plugin, with which options, on which backend. */
export interface FitRecipe<Fitted extends Mixture = FittedGaussianMixture> extends BackendChoice {
  readonly plugin: MixturePlugin<never, Fitted>;
  /** The options that all fits share, among them the seed. */
  readonly shared: SharedOptions & { readonly randomState: number };
  /** Names of those that were given; an estimator keeps its own defaults of the others. */
  readonly given: ReadonlySet<string>;
}

/** A fit with its start. */
export interface BestFit<Fitted extends Mixture = FittedGaussianMixture> {
  readonly model: Fitted;
  readonly start: FittedCandidate["start"];
  /** The objective of the best sound start but this one, in nats; nothing where there was no other. */
  readonly nextStart?: number;
}

/** The estimator of a choice. Throws what the plugin says about its options. */
export function estimatorOf<Fitted extends Mixture>(
  { plugin, shared, given, backend }: FitRecipe<Fitted>,
  { nComponents, covarianceType }: CandidateChoice,
  more: object = {},
): Estimator<Fitted> {
  const known = Object.entries(shared).filter(
    ([name, value]) => value !== undefined && plugin.options[name] !== undefined && (name === "randomState" || given.has(name)),
  );
  const options = {
    ...Object.fromEntries(known),
    nComponents,
    ...(covarianceType === undefined ? {} : { covarianceType }),
    ...(backend === undefined ? {} : { backend }),
    ...more,
  };
  return plugin.create(options as never);
}

/**
 * The best fit of a choice: the estimator's own starts, and one more from a solution with fewer components, split, where its plugin can split.
 *
 * A sound fit is better than a degenerate one, then the higher objective counts; among equals the estimator's own start.
 *
 * @param from a sound solution of the same estimator with fewer components of the same type, where there is one
 */
export async function fitBest<Fitted extends Mixture>(
  recipe: FitRecipe<Fitted>,
  choice: CandidateChoice,
  X: Data,
  from: Fitted | undefined,
  context: FitContext,
): Promise<BestFit<Fitted>> {
  const own = await estimatorOf(recipe, choice).fit(X, context);
  const alone: BestFit<Fitted> = { model: own, start: "own", ...nextOf(soundStarts(own).slice(1)) };
  const { mixture } = recipe.plugin;
  if (from === undefined || mixture.split === undefined) return alone;
  const { backend, shared } = recipe;
  const options = { ...shared, ...(backend === undefined ? {} : { backend }) };
  try {
    const start = await mixture.split(from, { nComponents: choice.nComponents, X, options, context: silent(context) });
    const split = await estimatorOf(recipe, choice, start).fit(
      X,
      afterOwn(context, isIterative(own.trace) ? own.trace.restarts.length : 1),
    );
    const all = [...soundStarts(own), ...soundStarts(split)].toSorted((a, b) => b - a);
    return isBetter(split, own)
      ? { model: split, start: "split", ...nextOf(all.slice(1)) }
      : { model: own, start: "own", ...nextOf(all.slice(1)) };
  } catch (error) {
    if (concernsOneCandidate(error)) return alone; // a start more that cannot be had costs nothing
    throw error;
  }
}

/** The objectives that the sound starts of a fit reached, in nats, the best first. */
function soundStarts({ trace, objective }: Mixture): number[] {
  if (!isIterative(trace) || objective === undefined) return [];
  const sound = trace.restarts.filter(({ degenerate }) => degenerate !== true);
  return sound.map(({ score }) => score * objective.weight).toSorted((a, b) => b - a);
}

function nextOf([nextStart]: readonly number[]): Pick<BestFit<Mixture>, "nextStart"> {
  return nextStart === undefined ? {} : { nextStart };
}

/**
 * One component of the form that is to be fitted: what to split where no solution of fewer components is known.
 *
 * @returns nothing for one component, where the plugin does not split, and where one component cannot be had
 */
export async function oneComponent<Fitted extends Mixture>(
  recipe: FitRecipe<Fitted>,
  choice: CandidateChoice,
  X: Data,
  context: FitContext,
): Promise<Fitted | undefined> {
  if (choice.nComponents === 1 || recipe.plugin.mixture.split === undefined) return undefined;
  try {
    const model = await estimatorOf(recipe, { ...choice, nComponents: 1 }).fit(X, silent(context));
    return isDegenerate(model) ? undefined : model;
  } catch (error) {
    if (concernsOneCandidate(error)) return undefined;
    throw error;
  }
}

/** Whether a fit is to be preferred: sound before degenerate, then by what fits of its kind are compared by. */
export function isBetter(a: Mixture, b: Mixture): boolean {
  const [first, second] = [isDegenerate(a), isDegenerate(b)];
  return first === second ? (a.objective?.value ?? -Infinity) > (b.objective?.value ?? -Infinity) : second;
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
