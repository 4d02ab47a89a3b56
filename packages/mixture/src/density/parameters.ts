import { cholesky } from "@mixtura/backend/internal/factors";
import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { CovarianceType } from "../covariance/kinds.ts";
import { covarianceKind } from "../covariance/kinds.ts";

/** What a question needs to know of a mixture: every fitted Gaussian mixture is one. */
export interface MixtureModel {
  readonly weights: Float64Array;
  readonly means: Matrix;
  readonly covarianceType: CovarianceType;
  readonly nComponents: number;
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  /** Covariance of component k, d×d. */
  covariance(k: number): Matrix;
}

/** The parameters of a mixture in memory, for arithmetic. */
export interface Parameters {
  /** k */
  readonly count: number;
  /** d */
  readonly features: number;
  readonly names: readonly string[] | undefined;
  readonly type: CovarianceType;
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  /** d×d each. */
  readonly covariances: readonly Float64Array[];
  /** Lower Cholesky factors of the covariances, d×d each. */
  readonly factors: readonly Float64Array[];
  /** log weight − ½ d log 2π − ½ log det Σ. */
  readonly logOffsets: Float64Array;
}

/** Models never change, so what was worked out once holds. */
const known = /* @__PURE__ */ new WeakMap<MixtureModel, Parameters>();

/**
 * The parameters of a fitted mixture. O(k·d³) the first time, nothing after that.
 *
 * @throws MixturaError `invalid-option` where it is no mixture
 */
export function parametersOf(model: MixtureModel, caller: string): Parameters {
  const before = typeof model === "object" && model !== null ? known.get(model) : undefined;
  if (before !== undefined) return before;
  const given = model as (Partial<MixtureModel> & { readonly density?: unknown }) | null | undefined;
  if (typeof given !== "object" || given === null || typeof given.covariance !== "function" || !(given.weights instanceof Float64Array)) {
    const found = typeof given === "object" && given !== null && "type" in given ? `a ${String(given.type)} model` : show(given);
    throw new MixturaError("invalid-option", `${caller}: the model must be a fitted Gaussian mixture, found ${found}.`, {
      option: "model",
      found: given,
    });
  }
  // A posterior over mixtures has several densities, of which one is a Gaussian mixture's.
  if ((given.density ?? "plugin") !== "plugin") {
    throw new MixturaError(
      "invalid-option",
      `${caller}: the model scores with the density "${String(given.density)}", which is not a Gaussian mixture. Pass model.toGaussianMixture() instead.`,
      { option: "model", found: given },
    );
  }
  const { nComponents: count, featureCount: features, featureNames: names, covarianceType: type, weights } = model;
  const shared = covarianceKind(type).shared ? model.covariance(0).data : undefined;
  const covariances = Array.from({ length: count }, (_, k) => shared ?? model.covariance(k).data);
  const sharedFactor = shared === undefined ? undefined : factorOf(shared, features);
  const factors = covariances.map((covariance) => sharedFactor ?? factorOf(covariance, features));
  const logOffsets = weights.map((weight, k) => {
    let offset = Math.log(weight) - 0.5 * features * Math.log(2 * Math.PI);
    for (let i = 0; i < features; i++) offset -= Math.log(factors[k]![i * features + i]!);
    return offset;
  });
  const parameters = { count, features, names, type, weights, means: model.means.data, covariances, factors, logOffsets };
  known.set(model, parameters);
  return parameters;
}

function factorOf(covariance: Float64Array, d: number): Float64Array {
  const result = cholesky(covariance, d);
  if (result.ok) return result.factor;
  throw new MixturaError("not-positive-definite", `The covariance of a component is not positive definite (pivot ${result.pivot}).`, {
    option: "covariances",
    pivot: result.pivot,
  });
}

/** The error of a covariance that is positive definite in the order of the model's features, but by its rounding alone. */
export function singular(caller: string, pivot: number): MixturaError<"not-positive-definite"> {
  return new MixturaError(
    "not-positive-definite",
    `${caller}: the covariance of a component is singular up to rounding (pivot ${pivot} with the features in another order), so nothing can ` +
      "be computed for single features. Fit with a larger regCovar, or leave out features that follow from others.",
    { option: "covariances", pivot },
  );
}
