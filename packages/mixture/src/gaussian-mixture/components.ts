import type { GaussianComponents } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend/factors";
import { readObject } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import { firstUnsound } from "../covariance/unsound.ts";
import { whitenBlocks } from "../em/parameters.ts";
import type { GaussianMixturePayload } from "./payload.ts";

/** Whitening factors of the payload's covariances; also the check that they are covariances at all. */
export function componentsFromPayload(
  { featureCount: d, weights, means, covariances }: GaussianMixturePayload,
  kind: CovarianceKind,
): GaussianComponents {
  const reader = readObject({ weights: [...weights], covariances: null });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.some((weight) => weight < 0) || Math.abs(sum - 1) > 1e-6) throw reader.fail("weights", "numbers ≥ 0 with sum 1");
  const { whitening, failed } = whitenBlocks(kind, covariances, weights.length, d);
  const bad = firstUnsound(kind, covariances, weights.length, d, failed);
  if (bad !== undefined) throw reader.fail(`covariances[${bad.block}]`, bad.expected);
  return gaussianComponents({ weights, means, shape: kind.shape, shared: kind.shared, whitening });
}
