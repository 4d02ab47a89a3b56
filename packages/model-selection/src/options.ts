import type { CheckedOptions, DeclarationsOf } from "@mixtura/core";
import type { CovarianceType, GaussianMixtureOptions } from "@mixtura/mixture";
import { covarianceTypes, gaussianMixtureOptions } from "@mixtura/mixture";
import * as z from "zod/mini";

/** What candidates are compared by; all of them are better when lower. */
export type Criterion = "bic" | "aic" | "icl";

/** The criteria, the default first. */
export const criteria: readonly Criterion[] = Object.freeze(["bic", "aic", "icl"]);

/** The options of GaussianMixture that every candidate shares. */
type SharedOptions = Pick<GaussianMixtureOptions, "tol" | "regCovar" | "maxIter" | "nInit" | "initParams" | "randomState" | "acceleration">;

/** The options of {@link selectMixture}: what is tried, how it is compared, and how each candidate is fitted. */
export interface SelectMixtureOptions extends SharedOptions {
  /** Numbers of components to try. Default 1 to 9. */
  nComponents?: number | readonly number[];
  /** Forms of the covariances to try. Default all four. */
  covarianceType?: CovarianceType | readonly CovarianceType[];
  /** What the candidates are compared by. Default "bic". */
  criterion?: Criterion;
}

/** The options after checking. */
export type CheckedSelectMixtureOptions = CheckedOptions<
  SelectMixtureOptions,
  "nComponents" | "covarianceType" | "criterion" | "tol" | "regCovar" | "maxIter" | "nInit" | "initParams" | "acceleration"
>;

/** Either one value or a list of at least one. */
function oneOrMore<T>(schema: z.ZodMiniType<T>) {
  return z.union([schema, z.readonly(z.array(schema).check(z.minLength(1)))]);
}

const { tol, regCovar, maxIter, nInit, initParams, randomState, acceleration } = gaussianMixtureOptions;

/** The options of {@link selectMixture}, declared once; those of a single fit are GaussianMixture's own declarations. */
export const selectMixtureOptions = {
  nComponents: {
    schema: oneOrMore(gaussianMixtureOptions.nComponents.schema),
    default: Object.freeze([1, 2, 3, 4, 5, 6, 7, 8, 9]),
    description: "Numbers of components to try.",
  },
  covarianceType: {
    schema: oneOrMore(gaussianMixtureOptions.covarianceType.schema),
    default: covarianceTypes,
    description: "Forms of the covariances to try.",
  },
  criterion: {
    schema: z.enum(criteria as [Criterion]),
    default: "bic",
    description: "What the candidates are compared by; lower is better.",
  },
  tol,
  regCovar,
  maxIter,
  nInit,
  initParams,
  randomState,
  acceleration,
} satisfies DeclarationsOf<SelectMixtureOptions>;
