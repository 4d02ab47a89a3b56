/** The largest and the least eigenvalue of a covariance. */
export interface Extremes {
  readonly largest: number;
  readonly least: number;
}

/** A weight is no smaller: where the chosen rows have almost no spread compared with the unit of their features, that unit still counts. */
const LEAST = 1e-6;
/** Up to here the largest weight that any start needs is taken. */
const SMALL = 0.1;

/**
 * The least weight ρ of the identity at which ρ I + (1 − ρ) S has at most the given condition number.
 *
 * @see Boudt, Rousseeuw, Vanduffel & Verdonck, The minimum regularized covariance determinant estimator, Statistics and Computing 30 (2020), eq. 12
 */
export function leastWeight({ largest, least }: Extremes, maxCondition: number): number {
  if (!(largest > 0)) return 1;
  const excess = largest - maxCondition * Math.max(0, least);
  return excess <= 0 ? 0 : Math.max(LEAST, excess / (maxCondition - 1 + excess));
}

/** The weight for all starts from what each needs: the largest if it is small, else the median, but not less than 0.1. */
export function commonWeight(weights: readonly number[]): number {
  const sorted = weights.toSorted((a, b) => a - b);
  const most = sorted.at(-1)!;
  if (most <= SMALL) return most;
  const middle = sorted.length >> 1;
  return Math.max(SMALL, sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2);
}
