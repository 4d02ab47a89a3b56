import type { SklearnEntry } from "@mixtura/fixtures";
import { expect } from "vitest";

/** Largest relative difference, number by number; `scales` says what each difference is measured by where that is not the number itself. */
export function relativeDifference(found: unknown, expected: unknown, scales?: readonly number[]): number {
  const a = [found].flat(4) as number[];
  const b = [expected].flat(4) as number[];
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!) / (scales?.[index] ?? Math.abs(b[index]!))));
}

/** √(Σᵢᵢ Σⱼⱼ) for each element of covariance matrices: a covariance near 0 is measured by the spreads it belongs to. */
export function covarianceScales({
  covarianceType,
  covariances,
}: Pick<SklearnEntry, "covarianceType" | "covariances">): number[] | undefined {
  if (covarianceType === "diag" || covarianceType === "spherical") return undefined;
  const matrices = (covarianceType === "tied" ? [covariances] : covariances) as number[][][];
  return matrices.flatMap((matrix) => matrix.flatMap((row, i) => row.map((_, j) => Math.sqrt(matrix[i]![i]! * matrix[j]![j]!))));
}
