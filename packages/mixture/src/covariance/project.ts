import { nestBlocks } from "./blocks-json.ts";
import type { CovarianceKind } from "./kind.ts";
import { blockCount, blockSize } from "./kind.ts";
import type { CovarianceType } from "./kinds.ts";
import { covarianceKind } from "./kinds.ts";

/**
 * The covariances of a type that are closest to those of the components: each alone, or, where all share one, their weighted mean.
 *
 * @param matrices d×d, one per component
 * @returns in the type's natural layout
 */
export function projectBlocks(kind: CovarianceKind, weights: ArrayLike<number>, matrices: readonly Float64Array[]): Float64Array {
  const d = Math.sqrt(matrices[0]!.length);
  const size = blockSize(kind, d);
  const covariances = new Float64Array(size * blockCount(kind, matrices.length));
  if (!kind.shared) {
    matrices.forEach((matrix, k) => covariances.set(kind.project(matrix, d), k * size));
    return covariances;
  }
  const mean = new Float64Array(d * d);
  matrices.forEach((matrix, k) => matrix.forEach((value, at) => (mean[at]! += weights[k]! * value)));
  covariances.set(kind.project(mean, d));
  return covariances;
}

/**
 * Covariances of a type as `GaussianMixture.fromParameters` takes them, from one matrix per component: what of them the type can hold;
 * where components share one, of their weighted mean.
 *
 * @param weights k numbers with sum 1
 * @param matrices d×d each, row-major
 */
export function projectCovariances(
  type: CovarianceType,
  weights: ArrayLike<number>,
  matrices: readonly Float64Array[],
): number[][][] | number[][] | number[] {
  const kind = covarianceKind(type);
  const d = Math.sqrt(matrices[0]!.length);
  return nestBlocks(kind, projectBlocks(kind, weights, matrices), matrices.length, d) as number[][][] | number[][] | number[];
}
