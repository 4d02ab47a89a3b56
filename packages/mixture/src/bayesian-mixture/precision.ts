import type { ShapeName } from "@mixtura/backend";
import { MixturaError } from "@mixtura/core";
import { digamma, logGamma } from "@mixtura/distributions";
import type { CovarianceKind } from "../covariance/kind.ts";

/** What is believed of the precision of one block of a covariance type: a conjugate distribution of ν degrees of freedom. */
export interface PrecisionDistribution {
  /** How many degrees of freedom a row brings to a block, which is also how many times its scatter counts. */
  countPerRow(features: number): number;
  /** E log |Λ| − log |E Λ|, which is negative. */
  readonly logExcess: (freedom: number, features: number) => number;
  /** log of the normaliser, but for what does not depend on the rows. */
  logNormaliser(freedom: number, logDeterminantOfScale: number, features: number): number;
  /** Degrees of freedom and dimensions of the t distributions that rows have: one of d dimensions, or d of one. */
  predictive(freedom: number, features: number): { readonly freedom: number; readonly dimensions: number };
}

/** One matrix: a Wishart distribution. */
export const wishart: PrecisionDistribution = {
  countPerRow: () => 1,
  logExcess(freedom, d) {
    let sum = d * Math.log(2 / freedom);
    for (let i = 0; i < d; i++) sum += digamma((freedom - i) / 2);
    return sum;
  },
  logNormaliser: (freedom, logDeterminantOfScale, d) => logGammas(freedom, d) - 0.5 * freedom * logDeterminantOfScale,
  predictive: (freedom, d) => ({ freedom: freedom - d + 1, dimensions: d }),
};

/** One number per feature: independent gamma distributions of the same degrees of freedom. */
const gammas: PrecisionDistribution = {
  countPerRow: () => 1,
  logExcess: (freedom, d) => d * Math.log(2 / freedom) + d * digamma(freedom / 2),
  logNormaliser: (freedom, logDeterminantOfScale, d) => d * logGamma(freedom / 2) - 0.5 * freedom * logDeterminantOfScale,
  predictive: (freedom) => ({ freedom, dimensions: 1 }),
};

/** One number for all features, of which every row shows d values: a gamma distribution. */
const gamma: PrecisionDistribution = {
  countPerRow: (d) => d,
  logExcess: gammas.logExcess,
  logNormaliser: (freedom, logDeterminantOfScale, d) => logGamma(freedom / 2) - (0.5 * freedom * logDeterminantOfScale) / d,
  predictive: (freedom, d) => ({ freedom, dimensions: d }),
};

const distributions: Readonly<Partial<Record<ShapeName, PrecisionDistribution>>> = { full: wishart, diag: gammas, spherical: gamma };

/**
 * The distribution of the precisions of a covariance type.
 *
 * @throws MixturaError `not-supported` where there is no conjugate one
 */
export function precisionOf({ shape, type }: CovarianceKind): PrecisionDistribution {
  const found = distributions[shape];
  if (found !== undefined) return found;
  throw new MixturaError(
    "not-supported",
    `BayesianGaussianMixture: covarianceType "${type}" has no conjugate prior here. Use "full" or "diag", or GaussianMixture.`,
    { feature: `covarianceType ${type}` },
  );
}

/** Σᵢ log Γ((ν − i)/2) over d terms. */
export function logGammas(freedom: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += logGamma((freedom - i) / 2);
  return sum;
}
