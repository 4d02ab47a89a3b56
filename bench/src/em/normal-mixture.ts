import type { Matrix, Random } from "@mixtura/core";
import { createRandom } from "@mixtura/core";

/** Typical distance between two means, in standard deviations: components overlap, but not much. */
const SEPARATION = 4;

/**
 * Rows drawn from a normal mixture with equal weights, means about 4 standard deviations apart and correlated features.
 *
 * @returns n×d; the same seed and sizes give the same bits
 */
export function normalMixture(seed: number, rows: number, features: number, components: number): Matrix {
  const random = createRandom(seed, rows, features, components);
  // Two independent points with this standard deviation per feature are on average 4 apart.
  const spread = SEPARATION / Math.sqrt(2 * features);
  const means = Float64Array.from({ length: components * features }, () => spread * random.normal());
  const factors = Array.from({ length: components }, () => lowerFactor(features, random));

  const data = new Float64Array(rows * features);
  const z = new Float64Array(features);
  for (let row = 0; row < rows; row++) {
    const component = random.integer(components);
    const factor = factors[component]!;
    for (let i = 0; i < features; i++) {
      z[i] = random.normal();
      let value = means[component * features + i]!;
      for (let j = 0; j <= i; j++) value += factor[i * features + j]! * z[j]!;
      data[row * features + i] = value;
    }
  }
  return { data, rows, columns: features };
}

/** The Cholesky factor of a random covariance: variances about 1, the features correlated. */
function lowerFactor(features: number, random: Random): Float64Array {
  const factor = new Float64Array(features * features);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < i; j++) factor[i * features + j] = (0.3 * random.normal()) / Math.sqrt(features);
    factor[i * features + i] = 0.7 + 0.6 * random.uniform();
  }
  return factor;
}
