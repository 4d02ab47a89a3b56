import type { CovarianceKind } from "./kind.ts";
import { blockCount, blockOf, isSymmetric } from "./kind.ts";

/** The first block that is no covariance matrix, with what it should be; `failed` are those that have no Cholesky factor. */
export function firstUnsound(
  kind: CovarianceKind,
  covariances: Float64Array,
  count: number,
  features: number,
  failed: readonly { readonly block: number; readonly pivot: number }[],
): { readonly block: number; readonly expected: string } | undefined {
  for (let block = 0; block < blockCount(kind, count); block++) {
    if (!isSymmetric(blockOf(kind, covariances, block, features), kind, features)) return { block, expected: "symmetric" };
  }
  const first = failed[0];
  return first && { block: first.block, expected: `positive definite (pivot ${first.pivot})` };
}
