import type { DeclarationsOf } from "@mixtura/core";

/** The options of {@link VonMisesMixture}. */
export interface VonMisesMixtureOptions {
  /** Number of components. Default 1. */
  nComponents?: number;
  /** A fit ends where the mean log-likelihood rises by less than this. Default 1e-6. */
  tol?: number;
  /** The most iterations of one start. Default 500. */
  maxIter?: number;
  /** Random starts, of which the best is kept. Default 5. */
  nInit?: number;
  /** Seed of the starts; drawn when absent. */
  randomState?: number;
  /** The highest concentration: beyond it a component has hardly any spread. Default 1e4, a standard deviation of 0.01 rad. */
  maxConcentration?: number;
  /** Where the one start begins: a direction per component and angle, k×d. */
  meansInit?: readonly (readonly number[])[];
}

/** The options, declared once. */
export const vonMisesMixtureOptions = {
  nComponents: { range: { kind: "integer", minimum: 1 }, default: 1, description: "Number of components." },
  tol: {
    range: { kind: "number", minimum: 0 },
    default: 1e-6,
    description: "A fit ends where the mean log-likelihood rises by less than this.",
  },
  maxIter: { range: { kind: "integer", minimum: 1 }, default: 500, description: "The most iterations of one start." },
  nInit: { range: { kind: "integer", minimum: 1 }, default: 5, description: "Random starts, of which the best is kept." },
  randomState: {
    range: { kind: "integer", minimum: 0, maximum: 4294967295 },
    description: "Seed of the starts; drawn when absent.",
  },
  maxConcentration: {
    range: { kind: "number", minimum: 1, maximum: 1e8 },
    default: 1e4,
    description: "The highest concentration: beyond it a component has hardly any spread.",
  },
  meansInit: {
    range: { kind: "list", items: { kind: "list", items: { kind: "number" }, minimumItems: 1 }, minimumItems: 1 },
    description: "Where the one start begins: a direction per component and angle.",
    flag: false,
  },
} satisfies DeclarationsOf<VonMisesMixtureOptions>;
