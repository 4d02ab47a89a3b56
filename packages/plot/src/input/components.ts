import type { MatrixLike } from "@mixtura/core";
import { matrix, MixturaError, toMatrix } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";

/** The parameters of a Gaussian mixture as plain data. A fitted one of Mixtura fits in as it is. */
export interface GaussianMixtureParameters {
  /** Weights of the components, length k, each ≥ 0, sum 1. */
  readonly weights: ArrayLike<number>;
  /** k×d, in the units of the data. */
  readonly means: MatrixLike;
  /** k matrices d×d. May be left out where `covariance` is there. */
  readonly covariances?: readonly MatrixLike[] | undefined;
  /** The d×d covariance of component k, as fitted mixtures give it. */
  covariance?(k: number): MatrixLike;
}

/** A mixture of any densities, as Mixtura's interface of mixtures has it. Pictures of one feature draw its curves, others only its labels. */
export interface DensityMixture {
  /** Weights of the components, length k, each ≥ 0, sum 1. */
  readonly weights: ArrayLike<number>;
  /** Natural-log density of each component at a point of d numbers. */
  readonly components: readonly { logDensity(x: ArrayLike<number>): number }[];
  /** "counting" where densities are probabilities of whole numbers: each is drawn as wide as the unit about its number. */
  readonly measure?: string;
}

/** A mixture, or a fitted model. */
export type MixtureParameters = GaussianMixtureParameters | DensityMixture;

/** A checked mixture of densities that need not be Gaussian. */
export interface Densities {
  readonly count: number;
  readonly weights: Float64Array;
  readonly counting: boolean;
  /** Natural-log density of component k at x. */
  logDensity(k: number, x: ArrayLike<number>): number;
}

/** Whether a mixture is described by densities alone, without covariances. */
export function isDensityMixture(given: MixtureParameters): given is DensityMixture {
  if (typeof given !== "object" || given === null || !("components" in given) || !Array.isArray(given.components)) return false;
  const { covariance, covariances } = given as Partial<GaussianMixtureParameters>;
  return covariance === undefined && covariances === undefined;
}

/**
 * Reads a mixture of densities.
 *
 * @throws MixturaError `invalid-weight`, `invalid-option`
 */
export function readDensities({ weights, components, measure }: DensityMixture, caller: string): Densities {
  const odd = components.find((component) => typeof component?.logDensity !== "function");
  if (components.length === 0 || odd !== undefined)
    throw option(
      caller,
      "components.components",
      "a list of densities, each with logDensity(x)",
      components.length === 0 ? components : odd,
    );
  return {
    count: components.length,
    weights: readWeights(weights, components.length, "component", caller),
    counting: measure === "counting",
    logDensity: (k, x) => components[k]!.logDensity(x),
  };
}

/** A checked mixture. */
export interface Components {
  readonly count: number;
  readonly features: number;
  readonly weights: Float64Array;
  /** k×d, row-major. */
  readonly means: Float64Array;
  /** d×d each. */
  readonly covariances: readonly Float64Array[];
  readonly featureNames: readonly string[] | undefined;
}

/** Weights may miss 1 by this much: files of parameters are often rounded. */
const WEIGHT_SUM_TOLERANCE = 1e-3;

/** Asymmetry and negative variances up to this part of the matrix's size are rounding. */
const ROUNDING = 1e-8;

/**
 * Reads the parameters of a mixture.
 *
 * @param features the width of the data, where there is data
 * @throws MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`, `invalid-option`, `not-positive-definite`
 */
export function readComponents(given: GaussianMixtureParameters, caller: string, features?: number): Components {
  if (typeof given !== "object" || given === null) throw option(caller, "components", "{ weights, means, covariances }", given);
  const means = toMatrix(given.means, { caller: `${caller}: components.means`, ...(features && { features: { count: features } }) });
  const { rows: count, columns: d } = means;
  const weights = readWeights(given.weights, count, 'row of "means"', caller);
  const { covariances } = given;
  if (covariances === undefined && typeof given.covariance !== "function") {
    throw option(caller, "components.covariances", "a list of d×d matrices", covariances);
  }
  if (covariances !== undefined && (!Array.isArray(covariances) || covariances.length !== count)) {
    throw option(caller, "components.covariances", `a list of ${count} matrices, one per row of "means"`, covariances);
  }
  return {
    count,
    features: d,
    weights,
    means: means.data,
    covariances: Array.from({ length: count }, (_, k) => readCovariance(covariances?.[k] ?? given.covariance!(k), k, d, caller)),
    featureNames: means.featureNames,
  };
}

function readWeights(given: ArrayLike<number>, count: number, per: string, caller: string): Float64Array {
  if (typeof given !== "object" || given === null || given.length !== count) {
    throw option(caller, "components.weights", `${count} numbers, one per ${per}`, given);
  }
  const weights = Float64Array.from(given);
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (bad === -1 && Math.abs(sum - 1) <= WEIGHT_SUM_TOLERANCE) return weights;
  const found = bad === -1 ? `the sum ${sum}` : `${show(given[bad])} for component ${bad}`;
  throw new MixturaError("invalid-weight", `${caller}: "components.weights" must be numbers ≥ 0 with sum 1, found ${found}.`, {
    found: bad === -1 ? sum : given[bad],
    ...(bad === -1 ? {} : { row: bad }),
  });
}

function readCovariance(given: MatrixLike, k: number, d: number, caller: string): Float64Array {
  const name = `${caller}: covariance of component ${k}`;
  const { data, rows, columns } = toMatrix(given, { caller: name });
  if (rows !== d || columns !== d) {
    throw new MixturaError("invalid-shape", `${name} is ${rows} × ${columns}; with ${d} features it must be ${d} × ${d}.`, {
      expected: `${d} × ${d}`,
      found: `${rows} × ${columns}`,
    });
  }
  for (let i = 0; i < d; i++) {
    const variance = data[i * d + i]!;
    if (variance < 0) throw notPositive(caller, k, variance);
    for (let j = 0; j < i; j++) {
      const a = data[i * d + j]!;
      const size = Math.sqrt(variance) * Math.sqrt(data[j * d + j]!);
      const slack = ROUNDING * Math.max(size, Math.abs(a));
      if (Math.abs(a / 2 - data[j * d + i]! / 2) > slack) {
        throw option(caller, `components.covariances[${k}]`, "symmetric", matrix(data, d, d).data);
      }
      if (Math.abs(a) > size + slack) throw notPositive(caller, k, size - Math.abs(a));
    }
  }
  return data;
}

function notPositive(caller: string, component: number, pivot: number): MixturaError {
  return new MixturaError(
    "not-positive-definite",
    `${caller}: the covariance of component ${component} has a negative variance in some direction. Pass covariances, not precisions or factors.`,
    { option: "components.covariances", component, pivot },
  );
}

/** An argument of the wrong kind. */
export function option(caller: string, name: string, expected: string, found: unknown): MixturaError {
  return new MixturaError("invalid-option", `${caller}: "${name}" must be ${expected}, found ${show(found)}.`, { option: name, found });
}
