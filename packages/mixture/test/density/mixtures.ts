import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import type { CovarianceType, FittedGaussianMixture } from "../../src/index.ts";
import { GaussianMixture } from "../../src/index.ts";

/** A random mixture of a covariance type, whose components overlap. */
export function randomMixture(seed: number, { d, k, type }: { d: number; k: number; type: CovarianceType }): FittedGaussianMixture {
  const random = createRandom(seed);
  const shares = Array.from({ length: k }, () => 0.2 + random.uniform());
  const total = shares.reduce((sum, share) => sum + share, 0);
  const variance = (): number => 0.3 + 2 * random.uniform();
  const covariances = {
    full: () => Array.from({ length: k }, () => covariance(d, random)),
    tied: () => covariance(d, random),
    diag: () => Array.from({ length: k }, () => Array.from({ length: d }, variance)),
    "tied-diag": () => Array.from({ length: d }, variance),
    spherical: () => Array.from({ length: k }, variance),
  };
  return GaussianMixture.fromParameters({
    weights: shares.map((share) => share / total),
    means: Array.from({ length: k }, () => Array.from({ length: d }, () => 2 * random.normal())),
    covariances: covariances[type](),
    covarianceType: type,
  });
}

/** R Rᵀ / d plus a little. */
export function covariance(d: number, random: Random): number[][] {
  const root = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()));
  const product = root.map((a) => root.map((b) => a.reduce((sum, value, t) => sum + value * b[t]!, 0) / d));
  return product.map((row, i) => row.map((value, j) => (i === j ? value + 0.2 : i < j ? value : product[j]![i]!)));
}

/** A point about as far out as the components. */
export function randomPoint(random: Random, d: number): number[] {
  return Array.from({ length: d }, () => 2.5 * random.normal());
}
