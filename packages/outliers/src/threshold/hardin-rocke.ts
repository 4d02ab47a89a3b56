import { chiSquareQuantile, chiSquareTails, fQuantile } from "@mixtura/distributions";

/** The minimum covariance determinant that distances come from. */
export interface SubsetSize {
  /** n */
  readonly rows: number;
  /** h */
  readonly support: number;
  /** p */
  readonly features: number;
}

/**
 * The degrees of freedom m of the Wishart distribution that has the coefficient of variation of a diagonal element of the MCD's covariance, as
 * the number of rows grows.
 *
 * @see Croux & Haesbroeck, Influence function and efficiency of the minimum covariance determinant scatter matrix estimator (1999); the formula
 *   as Hardin & Rocke (2005), §3, state it
 */
export function asymptoticFreedom({ rows: n, support: h, features: p }: SubsetSize): number {
  if (h >= n) return n - 1; // nothing is trimmed: the covariance of a sample
  const trimmed = (n - h) / n;
  const kept = h / n;
  const radius = chiSquareQuantile(kept, p);
  const within = (freedom: number): number => chiSquareTails(radius, freedom).below;
  const c = kept / within(p + 2);
  const c2 = -within(p + 2) / 2;
  const c3 = -within(p + 4) / 2;
  const c4 = 3 * c3;
  const b1 = (c * (c3 - c4)) / kept;
  const b2 = 0.5 + (c / kept) * (c3 - (radius / p) * (c2 + kept / 2));
  const v1 =
    kept * b1 ** 2 * (trimmed * ((c * radius) / p - 1) ** 2 - 1) -
    2 * c3 * c ** 2 * (3 * (b1 - p * b2) ** 2 + (p + 2) * b2 * (2 * b1 - p * b2));
  const v2 = n * (b1 * (b1 - p * b2) * kept) ** 2 * c ** 2;
  return (2 * v2) / (c ** 2 * v1);
}

/**
 * The same for few rows: Hardin & Rocke's adjustment, fitted to simulated samples of 50 to 1000 rows in 5 to 20 features, with subsets of half the
 * rows.
 */
function adjustedFreedom(subset: SubsetSize): number {
  const { rows: n, support: h, features: p } = subset;
  if (h >= n) return n - 1;
  return asymptoticFreedom(subset) * Math.exp(0.725 - 0.00663 * p - 0.078 * Math.log(n));
}

/**
 * The squared distance that a fraction of a Gaussian's rows lies within, for rows that had no part in the subset: d² (m − p + 1) / (p m) has the F
 * distribution with p and m − p + 1 degrees of freedom, where d² is taken by the subset's covariance, made consistent.
 *
 * @see Hardin & Rocke, The distribution of robust distances, J. Comput. Graph. Stat. 14 (2005)
 */
export function hardinRockeCutoff(fraction: number, subset: SubsetSize): number {
  const { features: p } = subset;
  // At least one degree of freedom is left, however few the rows: beyond that the distribution is not defined.
  const m = Math.max(p, adjustedFreedom(subset));
  return ((p * m) / (m - p + 1)) * fQuantile(fraction, p, m - p + 1);
}
