import type { GaussianComponents } from "@mixtura/backend";
import type { ColumnProfile } from "@mixtura/backend/authoring";
import { shapes, whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf } from "../covariance/kind.ts";
import type { MixtureParameters } from "./m-step.ts";

/** The features that are neither constant nor follow from others: those by whose marginal density all models of one table are comparable. */
export function independentFeatures({ means, constant, look }: Pick<ColumnProfile, "means" | "constant" | "look">): number[] {
  const left = new Set([...constant, ...(look?.dependencies.map((dependency) => dependency.left) ?? [])]);
  return Array.from(means.keys()).filter((j) => !left.has(j));
}

/**
 * A mixture's marginal over some of the features, as components that a pass takes without touching the rows: factors have zeros where the other features
 * stand, so that these add nothing to a distance.
 *
 * @param features ascending, at least one
 * @returns nothing where rounding left a covariance without a factor
 */
export function marginalComponents(
  kind: CovarianceKind,
  { weights, means, covariances, whitening }: MixtureParameters,
  features: readonly number[],
): GaussianComponents | undefined {
  const count = weights.length;
  const d = means.length / count;
  const { independent } = shapes[kind.shape];
  const blocks = blockCount(kind, count);
  const size = independent ? d : d * d;
  const factors = new Float64Array(blocks * size);
  const logDeterminants = new Float64Array(blocks);
  for (let block = 0; block < blocks; block++) {
    if (independent) {
      const own = shapes[kind.shape].diagonal(blockOf(kind, whitening, block, d), 0, d);
      for (const j of features) factors[block * size + j] = own[j]!;
    } else {
      const whole = kind.expand(blockOf(kind, covariances, block, d), d);
      const part = Float64Array.from(features.flatMap((i) => features.map((j) => whole[i * d + j]!)));
      const result = whiteningOfCovariance(part, features.length);
      if (!result.ok) return undefined;
      features.forEach((i, a) => features.forEach((j, b) => (factors[block * size + i * d + j] = result.factor[a * features.length + b]!)));
    }
    for (const j of features) logDeterminants[block]! += Math.log(factors[block * size + (independent ? j : j * (d + 1))]!);
  }
  const normaliser = 0.5 * features.length * Math.log(2 * Math.PI);
  const logOffsets = weights.map((weight, k) => Math.log(weight) - normaliser + logDeterminants[kind.shared ? 0 : k]!);
  return { count, features: d, means, shape: independent ? "diag" : "full", shared: kind.shared, whitening: factors, logOffsets };
}
