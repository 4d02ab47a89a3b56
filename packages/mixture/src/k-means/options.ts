import type { CheckedOptions, DeclarationsOf, MatrixLike } from "@mixtura/core";
import type { ComponentOrder } from "../em/order.ts";
import { orderDeclaration, randomStateDeclaration, structured } from "../parameters/declarations.ts";

/** The options of {@link KMeans}. Names and meanings are scikit-learn's, in camelCase. */
export interface KMeansOptions {
  /** Number of clusters. Default 8. */
  nClusters?: number;
  /** Starting centres: greedy k-means++, distinct random rows, or k×d numbers. Default "k-means++". */
  init?: "k-means++" | "random" | MatrixLike;
  /** Number of starts; the one with the lowest inertia is kept. Default 1. */
  nInit?: number;
  /** Maximum number of iterations of one start. Default 300. */
  maxIter?: number;
  /** Stops when the summed squared shift of the centres is at most this fraction of the mean variance of the features. Default 1e-4. */
  tol?: number;
  /** Seed, an integer in [0, 2³²). Drawn and kept in `trace.seed` when absent. */
  randomState?: number;
  /**
   * How clusters are numbered: "means", by the first feature that separates all centres, so that one optimum has one numbering for every seed;
   * or "fit", as the fit left them. Default "means"; "fit" where starting centres were spelled out.
   */
  order?: ComponentOrder;
}

/** The options after checking. */
export type CheckedKMeansOptions = CheckedOptions<KMeansOptions, typeof kMeansOptions>;

/** The options of KMeans, declared once. */
export const kMeansOptions = {
  nClusters: { range: { kind: "integer", minimum: 1 }, default: 8, description: "Number of clusters." },
  init: {
    range: {
      kind: "either",
      alternatives: [{ kind: "choice", choices: ["k-means++", "random"] }, structured("k rows of d numbers")],
    },
    default: "k-means++",
    description: "Starting centres: greedy k-means++, distinct random rows, or k rows of numbers.",
  },
  nInit: {
    range: { kind: "integer", minimum: 1 },
    default: 1,
    unit: "starts",
    description: "Number of starts; the one with the lowest inertia is kept.",
  },
  maxIter: {
    range: { kind: "integer", minimum: 1 },
    default: 300,
    unit: "iterations",
    description: "Maximum number of iterations of one start.",
  },
  tol: {
    range: { kind: "number", minimum: 0 },
    default: 1e-4,
    unit: "fraction of the mean variance",
    description: "Stop when the summed squared shift of the centres is at most this fraction of the features' mean variance.",
  },
  randomState: randomStateDeclaration,
  order: orderDeclaration,
} satisfies DeclarationsOf<KMeansOptions>;
