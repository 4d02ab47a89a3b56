import type { Mixture, MixturePlugin } from "@mixtura/core";
import { greatestOf } from "@mixtura/core/internal";
import type { CandidateChoice, FittedCandidate } from "./candidate.ts";
import type { FitRecipe } from "./fit-candidate.ts";
import { estimatorOf } from "./fit-candidate.ts";
import type { CheckedSelectMixtureOptions } from "./options.ts";

/** A candidate to be fitted. */
export interface Job {
  /** Its place in the order asked for. */
  readonly index: number;
  readonly choice: CandidateChoice;
  readonly recipe: FitRecipe<Mixture>;
  /** Jobs of one chain differ in nothing but the number of components. */
  readonly chain: string;
}

/** Numbers of components that are tried where none are given. */
export const usualCounts: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** The most that are tried where none are given. */
const MOST_COMPONENTS = 30;

/** The numbers of components to go on with where none were given and the largest of those tried has won. */
export function furtherCounts(tried: readonly number[], winner: number): number[] {
  const most = greatestOf(tried);
  // By a third more at a time: a criterion may rise a little before it falls again.
  const next = Math.min(MOST_COMPONENTS, most + Math.ceil(most / 3));
  return winner < most ? [] : Array.from({ length: next - most }, (_, index) => most + 1 + index);
}

/**
 * Every combination once; each estimator is made at once, so that bad options fail before any work.
 *
 * @param from how many jobs there are already
 */
export function jobsOf(
  nComponents: CheckedSelectMixtureOptions["nComponents"] = usualCounts,
  covarianceType: CheckedSelectMixtureOptions["covarianceType"],
  plugins: readonly MixturePlugin[],
  recipe: Omit<FitRecipe<Mixture>, "plugin">,
  from = 0,
): Job[] {
  const counts = [...new Set([nComponents].flat())];
  const types = [...new Set([covarianceType].flat())];
  // An estimator without covariance types is tried once where the others are tried with the first of theirs.
  const combinations = counts.flatMap((count) =>
    types.flatMap((type, place) =>
      plugins.flatMap((plugin) => {
        const takes = plugin.options["covarianceType"] !== undefined;
        return takes || place === 0 ? [{ count, plugin, ...(takes ? { type } : { type: undefined }) }] : [];
      }),
    ),
  );
  return combinations.map(({ count, type, plugin }, place) => {
    const job = {
      index: from + place,
      choice: { nComponents: count, ...(type === undefined ? {} : { covarianceType: type }) },
      recipe: { ...recipe, plugin },
      chain: `${plugin.type} ${type ?? ""}`,
    };
    estimatorOf(job.recipe, job.choice);
    return job;
  });
}

/**
 * Whether earlier work is what a job would do: the same choice, split from the same solution. Where there is none before it in its chain, that is the
 * one component that every chain begins with, or nothing where that could not be had.
 */
export function isSame(
  { estimator, nComponents, covarianceType, splitFrom }: FittedCandidate<Mixture>,
  { choice, recipe }: Job,
  before: FittedCandidate<Mixture> | undefined,
): boolean {
  return (
    estimator === recipe.plugin.type &&
    nComponents === choice.nComponents &&
    covarianceType === choice.covarianceType &&
    (before === undefined ? (splitFrom ?? 1) === 1 : splitFrom === before.nComponents)
  );
}
