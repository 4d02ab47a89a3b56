import type { CovarianceType } from "mixtura";
import { covarianceKind } from "mixtura";

/** What was held against another program, and how far apart the numbers were. */
export interface Comparison {
  readonly title: string;
  /** The other program, with its version, and how both were run. */
  readonly against: string;
  /** What the difference is measured by. */
  readonly measure: string;
  readonly rows: readonly { readonly what: string; readonly cases: number; readonly worst: number; readonly remark?: string }[];
}

/** All comparisons, as they are kept. */
export interface AccuracyResults {
  readonly date: string;
  readonly node: string;
  readonly comparisons: readonly Comparison[];
}

/** The largest difference, number by number, relative to the number or to the scale given; differences of things of other sizes are infinite. */
export function worstDifference(found: ArrayLike<number>, expected: ArrayLike<number>, scale?: (index: number) => number): number {
  if (found.length !== expected.length) return Infinity;
  let worst = 0;
  for (let index = 0; index < found.length; index++) {
    const difference = Math.abs(found[index]! - expected[index]!);
    if (found[index] === expected[index]) continue;
    worst = Math.max(worst, difference / (scale?.(index) ?? Math.abs(expected[index]!)));
  }
  return worst;
}

/** At least 1, so that numbers near 0 are measured absolutely. */
export function atLeastOne(expected: ArrayLike<number>): (index: number) => number {
  return (index) => Math.max(1, Math.abs(expected[index]!));
}

/** Numbers in any nesting, one after the other. */
export function flat(value: unknown): number[] {
  return [value].flat(4) as number[];
}

/** √(Σᵢᵢ Σⱼⱼ) for each element of covariance matrices: a covariance near 0 is measured by the spreads it belongs to. */
export function covarianceScale(
  { covarianceType, covariances }: { readonly covarianceType: CovarianceType; readonly covariances: readonly unknown[] },
  d: number,
): ((index: number) => number) | undefined {
  if (covarianceKind(covarianceType).rank < 2) return undefined;
  const values = flat(covariances);
  return (index) => {
    const [start, i, j] = [Math.floor(index / (d * d)) * d * d, Math.floor(index / d) % d, index % d];
    return Math.sqrt(values[start + i * (d + 1)]! * values[start + j * (d + 1)]!);
  };
}
