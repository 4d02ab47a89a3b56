import type { CheckedOptions, DeclarationsOf, Mixture, MixturePlugin, OptionRange } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { checkPlugins, isMixturePlugin } from "@mixtura/core/internal";
import type { CovarianceType, FittedGaussianMixture, GaussianMixtureOptions } from "@mixtura/mixture";
import { covarianceKind, covarianceTypes, gaussianMixturePlugin } from "@mixtura/mixture";
import { gaussianMixtureOptions } from "@mixtura/mixture/internal";

/** What candidates are compared by; all of them are better when lower. "cv" is −2 × the held-out log-likelihood, on the scale of the others. */
export type Criterion = "bic" | "aic" | "aicc" | "icl" | "cv";

/** The criteria, the default first. */
export const criteria: readonly Criterion[] = Object.freeze(["bic", "aic", "aicc", "icl", "cv"]);

/** What criteria are called in texts. */
export const criterionNames: Readonly<Record<Criterion, string>> = Object.freeze({
  bic: "BIC",
  aic: "AIC",
  aicc: "AICc",
  icl: "ICL",
  cv: "CV",
});

/**
 * How the winner is found among the criterion's values: the lowest one, or the fewest parameters within one standard error of it, which only
 * "cv" has.
 */
export type SelectionRule = "lowest" | "one-standard-error";

/** The options of GaussianMixture that every candidate shares: all but those that fit one number of components only. */
export type SharedOptions = Omit<
  GaussianMixtureOptions,
  "nComponents" | "covarianceType" | "weightsInit" | "meansInit" | "precisionsInit" | "labelsInit" | "init"
>;

/** The options of {@link selectMixture}: what is tried, how it is compared, and how each candidate is fitted. */
export interface SelectMixtureOptions<Fitted extends Mixture = FittedGaussianMixture> extends SharedOptions {
  /**
   * Numbers of components to try. Where none are given: 1 to 9, and on from there while the largest one wins, up to 30. A list that is given is
   * kept to.
   */
  nComponents?: number | readonly number[];
  /** Starts of each candidate: criteria compare likelihoods, so each has to be that of a good optimum. Default 5. */
  nInit?: number;
  /** Covariance types to try. Default all four. */
  covarianceType?: CovarianceType | readonly CovarianceType[];
  /**
   * Plugins with the capability "mixture". Default GaussianMixture. Each takes those of the options here that it declares, keeps its own defaults of
   * what is not given, and can be made with options of its own: `{ ...plugin, create: (options) => plugin.create({ ...options, moves: true }) }`.
   */
  estimator?: readonly MixturePlugin<never, Fitted>[];
  /** What the candidates are compared by. Default "bic". */
  criterion?: Criterion;
  /** How the winner is found among the criterion's values. Default "lowest". */
  rule?: SelectionRule;
  /** Folds of the cross-validation, where that is the criterion. Default 10. */
  folds?: number;
  /** Whether to add a start: the best solution with one component less, with one of its components split. Default true. */
  splitStart?: boolean;
  /** Candidates that are under way at a time. No result depends on it. Default 1. */
  concurrency?: number;
}

/** The options after checking. */
export type CheckedSelectMixtureOptions = CheckedOptions<SelectMixtureOptions, typeof selectMixtureOptions>;

/** Either one value or a list of at least one. */
function oneOrMore<const Range extends OptionRange>(range: Range) {
  return { kind: "either", alternatives: [range, { kind: "list", items: range, minimumItems: 1 }] } as const;
}

const {
  nComponents: _count,
  covarianceType: _type,
  weightsInit: _weights,
  meansInit: _means,
  precisionsInit: _precisions,
  labelsInit: _labels,
  init: _init,
  order,
  ...others
} = gaussianMixtureOptions;

/** GaussianMixture's own; candidates are numbered alike, whichever start led to them. */
const shared = { ...others, order: { ...order, default: "means" } } as const;

/** Declarations of the options that every candidate shares. */
export const sharedOptions: typeof shared = shared;

/** The declaration of `folds`. */
export const foldsDeclaration = {
  range: { kind: "integer", minimum: 2 },
  default: 10,
  description: "Number of folds of the cross-validation.",
} as const;

/** The options of {@link selectMixture}, declared once; those of a single fit are GaussianMixture's own declarations. */
export const selectMixtureOptions = {
  nComponents: {
    range: oneOrMore(gaussianMixtureOptions.nComponents.range),
    description: "Numbers of components to try; where none are given 1 to 9, and on while the largest wins, up to 30.",
  },
  covarianceType: {
    range: oneOrMore(gaussianMixtureOptions.covarianceType.range),
    default: covarianceTypes.filter((type) => covarianceKind(type).standard),
    description: "Covariance types to try.",
  },
  estimator: {
    range: { kind: "other", words: 'a list of plugins with the capability "mixture"' },
    description: "Plugins to try; GaussianMixture where none is given.",
    flag: false,
  },
  criterion: {
    range: { kind: "choice", choices: criteria },
    default: "bic",
    description: "The criterion that compares candidates; lower is better.",
  },
  rule: {
    range: { kind: "choice", choices: ["lowest", "one-standard-error"] },
    default: "lowest",
    description: "The lowest value wins, or the fewest parameters within one standard error of it (with criterion cv).",
  },
  folds: foldsDeclaration,
  splitStart: {
    range: { kind: "boolean" },
    default: true,
    description: "Whether to add starts from the solutions next to it: with one component less, one split, and with one more, two merged.",
  },
  concurrency: {
    range: { kind: "integer", minimum: 1 },
    default: 1,
    unit: "candidates",
    description: "Candidates fitted at a time; results do not depend on it.",
  },
  ...shared,
  nInit: { range: { kind: "integer", minimum: 1 }, default: 5, unit: "starts", description: "Number of starts; the best is kept." },
} satisfies DeclarationsOf<SelectMixtureOptions>;

/**
 * The plugins that candidates are made with.
 *
 * @param names the options that were given
 * @throws MixturaError `invalid-option` for what is no plugin of mixtures, and for an option that none of them has; `not-supported` for a criterion
 *   that one of them cannot give
 */
export function checkEstimators(given: unknown, criterion: Criterion, names: readonly string[], caller: string): readonly MixturePlugin[] {
  if (given === undefined) return [gaussianMixturePlugin];
  const refuse = (found: unknown, problem: string, cause?: unknown): MixturaError =>
    new MixturaError("invalid-option", `${caller}: "estimator" ${problem}.`, { option: "estimator", found }, { cause });
  if (!Array.isArray(given) || given.length === 0) throw refuse(given, `must be a list of at least one plugin, found ${show(given)}`);
  try {
    checkPlugins(given);
  } catch (error) {
    if (!isMixturaError(error)) throw error;
    throw refuse(given, `has a plugin that cannot be used: ${error.message.replace(/\.$/, "")}`, error);
  }
  const found = [...new Set(given as readonly MixturePlugin[])];
  for (const plugin of found) {
    const { type, options } = plugin;
    if (!isMixturePlugin(plugin)) throw refuse(plugin, `lists "${type}", which lacks the capability "mixture": its models are no mixtures`);
    if (options["nComponents"] === undefined) throw refuse(plugin, `lists "${type}", which has no option nComponents`);
    if (criterion !== "cv" && plugin.mixture.isPosterior) {
      throw new MixturaError(
        "not-supported",
        `${caller}: models of "${type}" are posteriors, which have no "${criterion}". Use criterion "cv".`,
        { feature: `criterion ${criterion} of ${type}` },
      );
    }
  }
  const types = found.map(({ type }) => type).join(", ");
  const idle = names.find((name) => name in fitOptions && found.every(({ options }) => options[name] === undefined));
  if (idle !== undefined)
    throw new MixturaError("invalid-option", `${caller}: "${idle}" is not an option of ${types}. Leave it out.`, {
      option: idle,
      found: idle,
    });
  return found;
}

/** Options that are passed on to estimators that have them. */
const { randomState: _seed, ...fitOptions } = { ...sharedOptions, covarianceType: selectMixtureOptions.covarianceType };
