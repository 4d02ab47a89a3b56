import type { CheckedOptions, DeclarationsOf, MatrixLike } from "@mixtura/core";
import type { CovarianceType } from "../covariance/kinds.ts";
import { covarianceLayouts, covarianceTypes } from "../covariance/kinds.ts";
import type { RegCovar } from "../em/floors.ts";
import { STEPS } from "../em/floors.ts";
import type { ComponentOrder } from "../em/order.ts";
import { orderDeclaration, randomStateDeclaration, structured } from "../parameters/declarations.ts";
import type { FittedGaussianMixture } from "./model.ts";

/** How starting points are chosen. */
export type InitParams = "kmeans" | "k-means++" | "random" | "random_from_data";

/** The options of {@link GaussianMixture}. Names and meanings are scikit-learn's, in camelCase. */
export interface GaussianMixtureOptions {
  /** Number of components, K. Default 1. */
  nComponents?: number;
  /** Form of the covariances. Default "full". */
  covarianceType?: CovarianceType;
  /**
   * Stops when no more than this is left to gain in mean log-likelihood, and less than a tenth of a nat in all, as far as can be foreseen; without acceleration,
   * when it changes by less than this. 0 runs exactly `maxIter` plain EM iterations. Default 1e-5.
   */
  tol?: number;
  /**
   * What keeps covariances positive definite. `{ relative, steps }` is a lower limit: no component is narrower, in any direction, than `relative` of each
   * feature's variance and `steps` of each squared step that a feature was recorded in, and is the likeliest such one. A number is added to every
   * variance, as in scikit-learn. Default `{ relative: 1e-6, steps: 0.25 }`; `{ relative }` alone keeps these steps.
   */
  regCovar?: RegCovar;
  /** Maximum number of EM iterations of one start. Default 1000. */
  maxIter?: number;
  /**
   * Number of starts; the best is kept and all are reported in `trace.restarts`. "auto" makes as many as a budget of passes allows, some twenty where rows are
   * few and two where a pass is long, follows the best to their ends, and reports them in `trace.starts`. Above 5,000 rows its trials are made on a sample.
   * Default "auto".
   */
  nInit?: number | "auto";
  /** How starting points are chosen, on features scaled to unit variance. Default "kmeans". */
  initParams?: InitParams;
  /** Starting weights, k numbers with sum 1. */
  weightsInit?: ArrayLike<number>;
  /** Starting means, k×d. */
  meansInit?: MatrixLike;
  /** Starting precisions (inverse covariances), laid out as the covariance type says: k×d×d for full, k×d for diag, and so on. */
  precisionsInit?: readonly (readonly (readonly number[])[])[] | MatrixLike | ArrayLike<number>;
  /** A starting partition: one integer 0 … k−1 per row. */
  labelsInit?: ArrayLike<number>;
  /** A fitted model to start from. Where it was fitted to the same rows by the same options, the fit goes on with its bounds: a chain of short fits converges like a long one. */
  init?: FittedGaussianMixture;
  /** Seed, an integer in [0, 2³²). Drawn and kept in `trace.seed` when absent. */
  randomState?: number;
  /**
   * "mixed" makes passes far from the optimum in single precision where the backend is faster so (full covariances, 48 features or more on the
   * WASM backend); the last ones are always made in double precision. Default "float64".
   */
  precision?: "float64" | "mixed";
  /**
   * "auto" looks ahead of EM, beyond its steps and then by L-BFGS, and keeps what raises the bound: a few times fewer passes, tens where components overlap.
   * "none" is plain EM. Default "auto".
   */
  acceleration?: "auto" | "none";
  /**
   * How components are numbered: "means", by the first feature that separates all of them, so that one optimum has one numbering for every
   * seed; or "fit", as the fit left them. Default "means"; "fit" where a start was spelled out.
   */
  order?: ComponentOrder;
}

/** The options after checking. */
export type CheckedGaussianMixtureOptions = CheckedOptions<GaussianMixtureOptions, typeof gaussianMixtureOptions>;

/** The parts of a start that the caller may spell out. */
export type StartOptions = Pick<GaussianMixtureOptions, "weightsInit" | "meansInit" | "precisionsInit" | "labelsInit">;

export type { BackendChoice } from "@mixtura/backend/authoring";
export { takeBackend } from "@mixtura/backend/internal/rows";

/** By its type and not its class, so that a model of another copy of this package serves too. */
function isMixtureModel(value: unknown): boolean {
  return typeof value === "object" && value !== null && "covariance" in value && "type" in value && value.type === "GaussianMixture";
}

const notNegative = { kind: "number", minimum: 0 } as const;
const relativeFloor = { kind: "object", fields: { relative: notNegative } } as const;
const floorWithSteps = { kind: "object", fields: { relative: notNegative, steps: notNegative } } as const;

/** The options of GaussianMixture, declared once. */
export const gaussianMixtureOptions = {
  nComponents: { range: { kind: "integer", minimum: 1 }, default: 1, description: "Number of components." },
  covarianceType: { range: { kind: "choice", choices: covarianceTypes }, default: "full", description: "Form of the covariances." },
  tol: {
    range: notNegative,
    default: 1e-5,
    unit: "nats per row",
    description:
      "Stop when less than this is left to gain in mean log-likelihood; without acceleration, when it changes by less. 0 runs exactly maxIter plain EM iterations.",
  },
  regCovar: {
    range: {
      kind: "either",
      alternatives: [notNegative, relativeFloor, floorWithSteps],
    },
    default: { relative: 1e-6, steps: STEPS },
    unit: "fractions of each feature's variance and squared step, or its squared unit",
    description:
      "The least spread of a component, as fractions of each feature's variance and squared step; or a number that is added to every variance.",
  },
  maxIter: {
    range: { kind: "integer", minimum: 0 },
    default: 1000,
    unit: "iterations",
    description: "Maximum number of EM iterations of one start.",
  },
  nInit: {
    range: {
      kind: "either",
      alternatives: [
        { kind: "integer", minimum: 1 },
        { kind: "choice", choices: ["auto"] },
      ],
    },
    default: "auto",
    unit: "starts",
    description: "Number of starts, of which the best is kept; or as many as a budget allows (auto).",
  },
  initParams: {
    range: { kind: "choice", choices: ["kmeans", "k-means++", "random", "random_from_data"] },
    default: "kmeans",
    description: "How starting points are chosen, on features scaled to unit variance.",
  },
  weightsInit: { range: structured("a list of k numbers ≥ 0 with sum 1"), description: "Starting weights.", flag: false },
  meansInit: { range: structured("k rows of d numbers"), description: "Starting means.", flag: false },
  precisionsInit: {
    range: structured(covarianceLayouts),
    description: "Starting precisions (inverse covariances).",
    flag: false,
  },
  labelsInit: { range: structured("one integer 0 … k−1 per row"), description: "A starting partition.", flag: false },
  init: {
    range: { kind: "other", words: "a fitted GaussianMixture", accepts: isMixtureModel },
    description: "A fitted model to start from.",
    flag: false,
  },
  randomState: randomStateDeclaration,
  precision: {
    range: { kind: "choice", choices: ["float64", "mixed"] },
    default: "float64",
    description: "Whether passes far from the optimum may be made in single precision (mixed) where that is faster; the last never are.",
  },
  acceleration: {
    range: { kind: "choice", choices: ["auto", "none"] },
    default: "auto",
    description: "Whether EM looks ahead of its steps (auto) or is plain (none).",
  },
  order: orderDeclaration,
} satisfies DeclarationsOf<GaussianMixtureOptions>;
