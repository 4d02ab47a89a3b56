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
  /** The objectives that the sound starts reached, in nats. */
  readonly reached: readonly number[];
}

/** The objective of the best sound start but the one that was chosen, in nats; nothing where there was no other. */
export function nextStartOf({ reached }: Pick<BestFit, "reached">): number | undefined {
  return reached.toSorted((a, b) => b - a)[1];
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
  const alone: BestFit<Fitted> = { model: own, start: "own", reached: soundStarts(own) };
  const { mixture } = recipe.plugin;
  if (from === undefined || mixture.split === undefined) return alone;
  const { backend, shared } = recipe;
  const options = { ...shared, ...(backend === undefined ? {} : { backend }) };
  const starts = (): Promise<readonly object[]> =>
    mixture.split!(from, { nComponents: choice.nComponents, X, options, context: silent(context) });
  return bestFrom(recipe, choice, X, alone, "split", starts, context);
}

/**
 * The best fit of a choice so far, or a better one from a solution with one component more, two of them merged, where its plugin can merge.
 *
 * @param from a sound solution of the same estimator with one component more of the same type
 */
export async function fitBack<Fitted extends Mixture>(
  recipe: FitRecipe<Fitted>,
  choice: CandidateChoice,
  X: Data,
  known: BestFit<Fitted>,
  from: Fitted,
  context: FitContext,
): Promise<BestFit<Fitted>> {
  const { mixture } = recipe.plugin;
  if (mixture.merge === undefined) return known;
  return bestFrom(recipe, choice, X, known, "merged", () => Promise.resolve(mixture.merge!(from)), context);
}

/** The best of what is known and of fits from further starts; a start that cannot be had costs nothing. */
async function bestFrom<Fitted extends Mixture>(
  recipe: FitRecipe<Fitted>,
  choice: CandidateChoice,
  X: Data,
  known: BestFit<Fitted>,
  start: FittedCandidate["start"],
  starts: () => Promise<readonly object[]>,
  context: FitContext,
): Promise<BestFit<Fitted>> {
  let best = known;
  let reached = known.reached;
  const made = isIterative(known.model.trace) && start === "split" ? known.model.trace.restarts.length : Number(start === "split");
  try {
    for (const [index, options] of (await starts()).entries()) {
      const model = await estimatorOf(recipe, choice, options).fit(X, afterOthers(context, made + index));
      reached = [...reached, ...soundStarts(model)];
      if (isBetter(model, best.model)) best = { model, start, reached };
    }
  } catch (error) {
    if (!concernsOneCandidate(error)) throw error;
  }
  return { ...best, reached };
}

/** The objectives that the sound starts of a fit reached, in nats, the best first. */
function soundStarts({ trace, objective }: Mixture): number[] {
  if (!isIterative(trace) || objective === undefined) return [];
  const sound = trace.restarts.filter(({ degenerate }) => degenerate !== true);
  return sound.map(({ score }) => score * objective.weight).toSorted((a, b) => b - a);
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
  if (first !== second) return second;
  const [own, other] = [a.objective?.value ?? -Infinity, b.objective?.value ?? -Infinity];
  return own - other > ROUNDING * Math.max(1, Math.abs(other)) || (other === -Infinity && own > other);
}

/** Two ways to one optimum end within this of each other, relative to its size: which of them is higher is chance. */
const ROUNDING = 1e-10;

function silent({ onProgress: _, ...context }: FitContext): FitContext {
  return context;
}

/** A further start counts as the restart after those that were made. */
function afterOthers(context: FitContext, made: number): FitContext {
  const { onProgress } = context;
  if (onProgress === undefined) return context;
  return { ...context, onProgress: (event: FitProgress) => onProgress({ ...event, restart: made, restarts: made + 1 }) };
}
