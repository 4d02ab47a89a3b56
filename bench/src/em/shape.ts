import type { CovarianceType } from "@mixtura/mixture";
import { covarianceKind, covarianceTypes } from "@mixtura/mixture";

/** The size of one fit. */
export interface Shape {
  /** n */
  readonly rows: number;
  /** d */
  readonly features: number;
  /** k */
  readonly components: number;
  readonly covarianceType: CovarianceType;
}

/** The covariance types that other programs have as well. */
export const benchedTypes = covarianceTypes.filter((type) => covarianceKind(type).standard);

/** Reads "1e5,2,10" or "1e5,2,10,tied": rows, features, components and, unless it is full, the covariance type. */
export function parseShape(text: string): Shape {
  const [rows, features, components, type = "full", ...rest] = text.split(",");
  const [n, d, k] = [Number(rows), Number(features), Number(components)];
  const covarianceType = benchedTypes.find((known) => known === type);
  const whole = [n, d, k].every((size) => Number.isInteger(size) && size >= 1);
  if (!whole || n < k || covarianceType === undefined || rest.length > 0) {
    throw new RangeError(`A shape is rows,features,components[,covarianceType], as in 1e5,2,10,tied; found "${text}".`);
  }
  return { rows: n, features: d, components: k, covarianceType };
}

/** Roughly the operations of one iteration: the d² (or d) of the products, and about 20 for the exponential and the sums. */
export function workOf({ rows, features, components, covarianceType }: Shape): number {
  const free = covarianceType === "full" || covarianceType === "tied";
  return rows * components * ((free ? features * features : features) + 20);
}
