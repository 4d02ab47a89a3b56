import type { Mixture, MixturePlugin } from "@mixtura/core";
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

/** Every combination once; each estimator is made at once, so that bad options fail before any work. */
export function jobsOf(
  nComponents: CheckedSelectMixtureOptions["nComponents"],
  covarianceType: CheckedSelectMixtureOptions["covarianceType"],
  plugins: readonly MixturePlugin[],
  recipe: Omit<FitRecipe<Mixture>, "plugin">,
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
  return combinations.map(({ count, type, plugin }, index) => {
    const job = {
      index,
      choice: { nComponents: count, ...(type === undefined ? {} : { covarianceType: type }) },
      recipe: { ...recipe, plugin },
      chain: `${plugin.type} ${type ?? ""}`,
    };
    estimatorOf(job.recipe, job.choice);
    return job;
  });
}

/** Whether earlier work is what a job would do: the same choice, split from the same solution. */
export function isSame(
  { estimator, nComponents, covarianceType, splitFrom }: FittedCandidate<Mixture>,
  { choice, recipe }: Job,
  before: FittedCandidate<Mixture> | undefined,
): boolean {
  return (
    estimator === recipe.plugin.type &&
    nComponents === choice.nComponents &&
    covarianceType === choice.covarianceType &&
    splitFrom === before?.nComponents
  );
}
