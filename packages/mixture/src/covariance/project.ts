import { nestBlocks } from "./blocks-json.ts";
import type { CovarianceKind } from "./kind.ts";
import { blockCount, blockSize } from "./kind.ts";
import type { CovarianceType } from "./kinds.ts";
import { covarianceKind } from "./kinds.ts";

/** The covariances of components: matrices, d×d, or their diagonals, which take d numbers each. */
export interface ComponentCovariances {
  readonly features: number;
  readonly blocks: readonly Float64Array[];
}

/** The covariances of a type that are closest to those of the components: each alone, or, where all share one, their weighted mean. In the type's natural layout. */
export function projectBlocks(
  kind: CovarianceKind,
  weights: ArrayLike<number>,
  { features: d, blocks }: ComponentCovariances,
): Float64Array {
  const length = blocks[0]!.length;
  const project = (block: Float64Array): Float64Array => (length === d && d > 1 ? kind.ofVariances(block) : kind.project(block, d));
  const size = blockSize(kind, d);
  const covariances = new Float64Array(size * blockCount(kind, blocks.length));
  if (!kind.shared) {
    blocks.forEach((block, k) => covariances.set(project(block), k * size));
    return covariances;
  }
  const mean = new Float64Array(length);
  blocks.forEach((block, k) => block.forEach((value, at) => (mean[at]! += weights[k]! * value)));
  covariances.set(project(mean));
  return covariances;
}

/**
 * Covariances of a type as `GaussianMixture.fromParameters` takes them, from one matrix or diagonal per component: what of them the type can hold;
 * where components share one, of their weighted mean.
 *
 * @param weights k numbers with sum 1
 */
export function projectCovariances(
  type: CovarianceType,
  weights: ArrayLike<number>,
  covariances: ComponentCovariances,
): number[][][] | number[][] | number[] {
  const kind = covarianceKind(type);
  return nestBlocks(kind, projectBlocks(kind, weights, covariances), covariances.blocks.length, covariances.features) as
    | number[][][]
    | number[][]
    | number[];
}
