import type { Target } from "./target.ts";
import { sphereCovariance, unsphereCovariance } from "./target.ts";

/**
 * What is added to a covariance so that columns in which many rows agree have a spread: of a subset, most rows of which agree, others would be infinitely far.
 *
 * Without a covariance the squared robust scale, the same for every subset, so that concentration steps never raise the determinant; with one, what it lacks of that.
 *
 * @param covariance p×p, in coordinates in which the target is the identity
 * @returns p×p, in the same coordinates; nothing where no column is tied
 */
export function tiedSpread(tied: readonly number[], target: Target, p: number, covariance?: Float64Array): Float64Array | undefined {
  if (tied.length === 0) return undefined;
  const own = covariance?.slice();
  if (own !== undefined) unsphereCovariance(own, p, target);
  const spread = new Float64Array(p * p);
  for (const j of tied) spread[j * (p + 1)] = Math.max(0, 1 - (own?.[j * (p + 1)] ?? 0));
  sphereCovariance(spread, p, target);
  return spread;
}
