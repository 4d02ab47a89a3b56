import type { GaussianComponents } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend/factors";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount } from "../covariance/kind.ts";

/** A mixture in a row set's coordinates. Covariances are in the natural layout of their type; `whitening` holds their factors. */
export interface MixtureParameters {
  /** Length k, sum 1. */
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  readonly covariances: Float64Array;
  readonly whitening: Float64Array;
}

/** The parameters as a pass over rows takes them. */
export function componentsOf(kind: CovarianceKind, { weights, means, whitening }: MixtureParameters): GaussianComponents {
  return gaussianComponents({ weights, means, whitening, shape: kind.shape, shared: kind.shared });
}

/** Whitening factors of all blocks; blocks whose pivot failed are listed and left as zeros. */
export function whitenBlocks(
  kind: CovarianceKind,
  covariances: Float64Array,
  count: number,
  features: number,
): { whitening: Float64Array; failed: { block: number; pivot: number }[] } {
  const failed: { block: number; pivot: number }[] = [];
  const whitening = new Float64Array(covariances.length);
  const size = kind.blockSize(features);
  for (let block = 0; block < blockCount(kind, count); block++) {
    const result = kind.whiten(covariances, block * size, whitening, block * size, features);
    if (result !== undefined) failed.push({ block, pivot: result.pivot });
  }
  return { whitening, failed };
}
