import type { GaussianComponents } from "@mixtura/backend";
import { logDeterminant, shapes } from "@mixtura/backend/internal/factors";
import { logBeta, logGamma } from "@mixtura/distributions";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { PointTerms } from "../fitted/point.ts";
import type { Posterior } from "./posterior.ts";
import { precisionOf } from "./precision.ts";

/**
 * The components of a posterior predictive: multivariate Student t distributions, or products of univariate ones.
 *
 * The log-density of component k is `logOffsets[k] − exponents[k] log(1 + factors[k] ‖W (x − m)‖²)`; where features are independent, the sum of the
 * logarithms of every feature's own square instead.
 */
export interface StudentComponents {
  /** Means and whitening factors; their log-offsets are 0. */
  readonly distances: GaussianComponents;
  readonly independent: boolean;
  readonly logOffsets: Float64Array;
  readonly exponents: Float64Array;
  readonly factors: Float64Array;
  /** Degrees of freedom of the t distributions. */
  readonly freedoms: Float64Array;
}

/** Smaller doubles have lost digits. */
const LEAST_FACTOR = 2 ** -1020;

/**
 * What a new row is like, given the posterior: full and tied, t of ν − d + 1 degrees of freedom with scale S (1 + β) / (β (ν − d + 1)); diag, a t of ν
 * degrees of freedom for each feature; spherical, one of ν with a scale that is the same in every direction.
 *
 * @param weights the expected weights
 * @see Murphy, Conjugate Bayesian analysis of the Gaussian distribution (2007), eqs. 110, 258
 */
export function studentComponents(posterior: Posterior, weights: Float64Array, kind: CovarianceKind): StudentComponents {
  const { meanPrecision, means, degreesOfFreedom, whitening } = posterior;
  const count = meanPrecision.length;
  const features = means.length / count;
  const { shape, shared } = kind;
  const precision = precisionOf(kind);
  const [logOffsets, exponents, factors, freedoms] = Array.from({ length: 4 }, () => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let independent = false;
  for (let k = 0; k < count; k++) {
    const nu = degreesOfFreedom[shared ? 0 : k]!;
    const beta = meanPrecision[k]!;
    const { freedom, dimensions } = precision.predictive(nu, features);
    independent = dimensions < features;
    // ν (1 + β) may be beyond the largest double, and the quotient below the least.
    const factor = beta / (1 + beta) / nu;
    const logFactor = factor > LEAST_FACTOR ? Math.log(factor / Math.PI) : Math.log(beta / (1 + beta)) - Math.log(nu) - Math.log(Math.PI);
    // log Γ((ν + p)/2) − log Γ(ν/2), which does not cancel for large ν.
    const logRatio = logGamma(dimensions / 2) - logBeta(freedom / 2, dimensions / 2);
    freedoms[k] = freedom;
    factors[k] = factor;
    exponents[k] = 0.5 * (freedom + dimensions);
    logOffsets[k] =
      Math.log(weights[k]!) +
      (features / dimensions) * logRatio +
      logDeterminant({ shape, shared, features, whitening }, k) +
      0.5 * features * logFactor;
  }
  const distances = { count, features, means, shape, shared, whitening, logOffsets: new Float64Array(count) };
  return { distances, independent, logOffsets, exponents, factors, freedoms };
}

/** Writes log πₖ tₖ(x) of every component; nothing is allocated. */
export function studentTerms(components: StudentComponents): PointTerms {
  const { distances, independent } = components;
  if (independent) return (x, _workspace, terms) => writeIndependent(components, x, 0, terms);
  const { squares } = shapes[distances.shape];
  return (x, workspace, terms) => {
    squares(distances, x, workspace, terms);
    for (let k = 0; k < terms.length; k++) if (!(terms[k]! < Infinity)) terms[k] = Infinity;
    toTerms(components, terms, 0, terms);
  };
}

/** Turns k squared distances from `at` on into terms. */
export function toTerms(
  { logOffsets, exponents, factors }: StudentComponents,
  squares: Float64Array,
  at: number,
  terms: Float64Array,
): void {
  for (let k = 0; k < terms.length; k++) terms[k] = logOffsets[k]! - exponents[k]! * Math.log1p(factors[k]! * squares[at + k]!);
}

/** Products are kept below this, so that a further factor cannot overflow. */
const PRODUCT_LIMIT = 1e100;

/** Writes the terms of the point that begins at `from`, of components whose features are independent. */
export function writeIndependent(
  { distances, logOffsets, exponents, factors }: StudentComponents,
  x: ArrayLike<number>,
  from: number,
  terms: Float64Array,
): void {
  const { features, means, whitening, shared } = distances;
  for (let k = 0, at = 0; k < terms.length; k++) {
    const factor = factors[k]!;
    let log = 0;
    // ∏ (1 + aⱼ) − 1: kept less 1, since the aⱼ are small where degrees of freedom are many.
    let product = 0;
    for (let j = 0; j < features; j++, at++) {
      const y = (x[from + j]! - means[at]!) * whitening[shared ? j : at]!;
      const part = factor * y * y;
      if (part < PRODUCT_LIMIT) {
        product += part + product * part;
        if (product < PRODUCT_LIMIT) continue;
        log += Math.log1p(product);
        product = 0;
      } else log += Math.log(factor) + 2 * Math.log(Math.abs(y));
    }
    terms[k] = logOffsets[k]! - exponents[k]! * (log + Math.log1p(product));
  }
}
