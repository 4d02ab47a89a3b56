import type { OptionDeclarations } from "@mixtura/core";
import type { FittedBayesianGaussianMixture } from "@mixtura/mixture";
import { bayesianGaussianMixtureOptions, plugins } from "@mixtura/mixture";
import type { FittedMixture, MixturePlugin, SelectMixtureOptions } from "@mixtura/model-selection";
import { selectMixtureOptions } from "@mixtura/model-selection";
import type { Command } from "commander";
import { Option } from "commander";
import { CommandError } from "../command-error.ts";
import { declaredFlags, givenOptions } from "../flags/declared.ts";
import { flagName } from "../flags/names.ts";

/** The mixtures that can be fitted, the default first. */
const ESTIMATORS = ["GaussianMixture", "BayesianGaussianMixture"] as const;

/** What a posterior is fitted with where nothing is said: its number of components is the most it may use. */
const POSTERIOR_COMPONENTS = 10;

/** The options that only posteriors have. */
export const posteriorOptions: OptionDeclarations = Object.fromEntries(
  Object.entries(bayesianGaussianMixtureOptions).filter(([name]) => !(name in selectMixtureOptions)),
);

/** A fit as the flags ask for it. */
export interface MixtureChoice {
  readonly estimator: (typeof ESTIMATORS)[number];
  /** The options of a selection, or of the fit that it comes down to. */
  readonly options: SelectMixtureOptions<FittedMixture>;
  /** Those that only posteriors have. */
  readonly posterior: Readonly<Record<string, unknown>>;
}

/** `--estimator` and the flags of posteriors. */
export function addEstimatorFlags(command: Command): void {
  command.addOption(
    new Option("--estimator <type>", "What is fitted: by maximum likelihood, or the posterior of up to --n-components components")
      .choices(ESTIMATORS)
      .default(ESTIMATORS[0])
      .helpGroup("Model:"),
  );
  for (const option of declaredFlags(posteriorOptions, "With --estimator BayesianGaussianMixture:")) command.addOption(option);
}

/**
 * What the flags ask for.
 *
 * @throws CommandError `usage` for flags that the estimator does not have
 */
export function mixtureChoice(flags: Readonly<Record<string, unknown>>): MixtureChoice {
  const estimator = flags["estimator"] as MixtureChoice["estimator"];
  // The flag names a type where the option of that name is a list of plugins.
  const options = givenOptions(selectMixtureOptions, { ...flags, estimator: undefined }) as SelectMixtureOptions<FittedMixture>;
  const posterior = givenOptions(posteriorOptions, flags);
  if (estimator === "BayesianGaussianMixture") {
    const { criterion = "cv" } = options;
    if (criterion !== "cv")
      throw new CommandError("usage", `A posterior has no ${criterion.toUpperCase()}: leave --criterion out, or use --criterion cv.`);
    return { estimator, options, posterior };
  }
  const [first] = Object.keys(posterior);
  if (first !== undefined)
    throw new CommandError(
      "usage",
      `${flagName(first)} is a flag of posteriors: add --estimator BayesianGaussianMixture, or leave it out.`,
    );
  return { estimator, options, posterior };
}

/** The names of the flags that say what is to be fitted. */
export function fitFlags(flags: Readonly<Record<string, unknown>>): string[] {
  const others = Object.keys(givenOptions({ ...selectMixtureOptions, ...posteriorOptions }, { ...flags, estimator: undefined }));
  return flags["estimator"] === ESTIMATORS[0] ? others : ["estimator", ...others];
}

/** The options of the selection that a choice comes to. */
export function selectionOptions({ estimator, options, posterior }: MixtureChoice): SelectMixtureOptions<FittedMixture> {
  if (estimator === "GaussianMixture") return options;
  const plugin = plugins.find(({ type }) => type === estimator) as MixturePlugin<FittedBayesianGaussianMixture>;
  const own: MixturePlugin<FittedMixture> = {
    ...plugin,
    create: (given) => plugin.create({ ...(given as object), ...posterior } as never),
  };
  return { criterion: "cv", ...options, estimator: [own] };
}

/** The one number of components and form that a choice comes to, where it is one. */
export function singleChoice({ estimator, options }: MixtureChoice) {
  const posterior = estimator === "BayesianGaussianMixture";
  const counts = [options.nComponents ?? (posterior ? POSTERIOR_COMPONENTS : [])].flat();
  const types = [options.covarianceType ?? (posterior ? "full" : [])].flat();
  return counts.length === 1 && types.length === 1 ? { nComponents: counts[0]!, covarianceType: types[0]! } : undefined;
}
