import type { Backend } from "@mixtura/backend";
import { BACKEND_CONTRACT_VERSION } from "@mixtura/backend";
import type { CheckedOptions, DeclarationsOf, MatrixLike, OptionDeclaration } from "@mixtura/core";
import { MixturaError, SEED_LIMIT, show } from "@mixtura/core";
import * as z from "zod/mini";
import type { CovarianceType } from "../covariance/kind.ts";
import { covarianceTypes } from "../covariance/kind.ts";
import type { FittedGaussianMixture } from "./model.ts";

/** How starting points are chosen. */
export type InitParams = "kmeans" | "k-means++" | "random" | "random_from_data";

/** The options of {@link GaussianMixture}. Names and meanings are scikit-learn's, in camelCase. */
export interface GaussianMixtureOptions {
  /** Number of components, K. Default 1. */
  nComponents?: number;
  /** Form of the covariances. Default "full". */
  covarianceType?: CovarianceType;
  /** Stops when the mean log-likelihood changes by less than this; 0 runs exactly `maxIter` plain EM maps. Default 1e-5. */
  tol?: number;
  /** Added to every variance: `{ relative: r }` times each feature's variance, or an absolute number. Default `{ relative: 1e-6 }`. */
  regCovar?: number | { relative: number };
  /** The most EM maps of one start. Default 1000. */
  maxIter?: number;
  /** Number of starts; the best is kept and all are reported in `trace.restarts`. Default 1. */
  nInit?: number;
  /** How starting points are chosen, on features scaled to unit variance. Default "kmeans". */
  initParams?: InitParams;
  /** Starting weights, k numbers with sum 1. */
  weightsInit?: ArrayLike<number>;
  /** Starting means, k×d. */
  meansInit?: MatrixLike;
  /** Starting precisions: k×d×d for full, d×d for tied, k×d for diag, k for spherical. */
  precisionsInit?: readonly (readonly (readonly number[])[])[] | MatrixLike | ArrayLike<number>;
  /** A starting partition: one integer 0 … k−1 per row. */
  labelsInit?: ArrayLike<number>;
  /** A fitted model to start from. */
  init?: FittedGaussianMixture;
  /** Seed, an integer in [0, 2³²). Drawn and kept in `trace.seed` when absent. */
  randomState?: number;
  /** "none" is plain EM. */
  acceleration?: "none";
}

/** The options after checking. */
export type CheckedGaussianMixtureOptions = CheckedOptions<
  GaussianMixtureOptions,
  "nComponents" | "covarianceType" | "tol" | "regCovar" | "maxIter" | "nInit" | "initParams" | "acceleration"
>;

/** Where the passes run; accepted beside the options but no part of them, since it cannot be written to a file. */
export interface BackendChoice {
  /** Default: the reference backend, plain TypeScript in float64. */
  backend?: Backend;
}

/**
 * Sets the backend apart from the options proper; those are left to `checkOptions`, whatever they are.
 *
 * @throws MixturaError `invalid-option` where the backend is none
 */
export function takeBackend(owner: string, given: BackendChoice): { readonly backend: Backend | undefined; readonly options: object } {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return { backend: undefined, options: given };
  const { backend, ...options } = given;
  if (backend !== undefined && (typeof backend !== "object" || backend?.contractVersion !== BACKEND_CONTRACT_VERSION)) {
    throw new MixturaError(
      "invalid-option",
      `${owner}: "backend" must be a Backend of contract version ${BACKEND_CONTRACT_VERSION}, found ${show(backend)}.`,
      {
        option: "backend",
        found: backend,
      },
    );
  }
  return { backend, options };
}

/** Declares an option that only code can give; its shape is checked where the data's width is known. */
export function structured<T>(words: string, description: string): OptionDeclaration<T> {
  const schema = z.custom<T>((value) => typeof value === "object" && value !== null).check(z.describe(words));
  return { schema, description, flag: false };
}

/** By its type and not its class, so that a model of another copy of this package serves too. */
function isMixtureModel(value: unknown): boolean {
  return typeof value === "object" && value !== null && "covariance" in value && "type" in value && value.type === "GaussianMixture";
}

/** The seed of every estimator. */
export const randomStateDeclaration: OptionDeclaration<number> = {
  schema: z.int().check(z.minimum(0), z.maximum(SEED_LIMIT - 1)),
  description: "Seed of the random numbers; the same seed gives the same result.",
};

/** The options of GaussianMixture, declared once. */
export const gaussianMixtureOptions = {
  nComponents: { schema: z.int().check(z.minimum(1)), default: 1, description: "Number of components." },
  covarianceType: { schema: z.enum(covarianceTypes as [CovarianceType]), default: "full", description: "Form of the covariances." },
  tol: {
    schema: z.number().check(z.minimum(0)),
    default: 1e-5,
    unit: "nats per row",
    description: "Stop when the mean log-likelihood changes by less than this; 0 runs exactly maxIter plain EM maps.",
  },
  regCovar: {
    schema: z.union([z.number().check(z.minimum(0)), z.strictObject({ relative: z.number().check(z.minimum(0)) })]),
    default: { relative: 1e-6 },
    unit: "share of each feature's variance, or its squared unit",
    description: "Added to every variance, so that covariances stay positive definite.",
  },
  maxIter: { schema: z.int().check(z.minimum(0)), default: 1000, unit: "maps", description: "The most EM maps of one start." },
  nInit: { schema: z.int().check(z.minimum(1)), default: 1, unit: "starts", description: "Number of starts; the best is kept." },
  initParams: {
    schema: z.enum(["kmeans", "k-means++", "random", "random_from_data"]),
    default: "kmeans",
    description: "How starting points are chosen, on features scaled to unit variance.",
  },
  weightsInit: structured("a list of k numbers ≥ 0 with sum 1", "Starting weights."),
  meansInit: structured("k rows of d numbers", "Starting means."),
  precisionsInit: structured(
    "k×d×d numbers for full, d×d for tied, k×d for diag, k for spherical",
    "Starting precisions (inverse covariances).",
  ),
  labelsInit: structured("one integer 0 … k−1 per row", "A starting partition."),
  init: {
    schema: z.custom<FittedGaussianMixture>(isMixtureModel).check(z.describe("a fitted GaussianMixture")),
    description: "A fitted model to start from.",
    flag: false,
  },
  randomState: randomStateDeclaration,
  acceleration: { schema: z.enum(["none"]), default: "none", description: "How EM is sped up; none is plain EM." },
} satisfies DeclarationsOf<GaussianMixtureOptions>;
