import { leastOf } from "@mixtura/core/internal";
import { chiSquareTails, logGamma } from "@mixtura/distributions";
import { FARTHEST } from "./reach.ts";

/** Most terms of the series; it takes the square of them. */
const MOST_TERMS = 4000;

/**
 * P(Σ λᵢ (zᵢ + bᵢ)² ≤ q) for independent standard normal z and λ > 0, by Ruben's series: a mixture of central χ² distributions whose weights
 * are positive and sum to 1, so that what is left out is known.
 *
 * @returns the probability and the most it is off, or nothing where the series would be too long
 * @see Ruben, Probability content of regions under spherical normal distributions IV, Ann. Math. Stat. 33 (1962)
 * @see Farebrother, Algorithm AS 204, Applied Statistics 33 (1984)
 */
export function quadraticFormCdf(
  q: number,
  lambdas: Float64Array,
  shifts: Float64Array,
  tolerance = 1e-13,
): { value: number; error: number } | undefined {
  const d = lambdas.length;
  if (!(q > 0)) return { value: 0, error: 0 };
  if (q === Infinity) return { value: 1, error: 0 };
  // One variable alone is so far out that doubles have no number for its probability.
  if (shifts.some((shift, i) => Math.abs(shift) - Math.sqrt(q / lambdas[i]!) > FARTHEST)) return { value: 0, error: 0 };
  const beta = 0.90625 * leastOf(lambdas);
  const x = q / beta;
  const gammas = lambdas.map((lambda) => 1 - beta / lambda);
  const noncentral = shifts.map((shift, i) => (shift * shift * beta) / lambdas[i]!);
  // Weights are kept in units of exp(scale), which is far below the smallest double for far components.
  let scale = -0.5 * shifts.reduce((sum, shift) => sum + shift * shift, 0);
  for (const lambda of lambdas) scale += 0.5 * Math.log(beta / lambda);
  const weights = [1];
  const rises: number[] = [];
  const powers = new Float64Array(d).fill(1);
  let total = Math.exp(scale);
  let terms = 1;
  for (; terms < MOST_TERMS && 1 - total > tolerance; terms++) {
    let rise = 0;
    for (let i = 0; i < d; i++) {
      rise += terms * noncentral[i]! * powers[i]!;
      powers[i]! *= gammas[i]!;
      rise += powers[i]!;
    }
    rises.push(rise / 2);
    let weight = 0;
    for (let r = 0; r < terms; r++) weight += rises[terms - 1 - r]! * weights[r]!;
    weight /= terms;
    if (weight > 1e250) {
      for (let r = 0; r < terms; r++) weights[r]! *= 1e-250;
      weight *= 1e-250;
      scale += 250 * Math.LN10;
    }
    weights.push(weight);
    total += weight * Math.exp(scale);
    // Once the χ² distributions have left q behind, further weights no longer matter.
    if (d + 2 * terms > x && terms % 16 === 0 && chiSquareTails(x, d + 2 * terms).below < tolerance) break;
  }
  const { below } = chiSquareTails(x, d + 2 * weights.length);
  const error = Math.max(0, 1 - total) * below;
  if (error > 1e-9) return undefined;
  // From the last one downwards each distribution function adds a positive term to the one before.
  let cdf = chiSquareTails(x, d + 2 * (weights.length - 1)).below;
  let sum = 0;
  for (let r = weights.length - 1; r >= 0; r--) {
    sum += weights[r]! * cdf;
    const a = d / 2 + r - 1;
    if (r > 0 && x < Infinity) cdf += Math.exp(a * Math.log(x / 2) - x / 2 - logGamma(a + 1));
  }
  return { value: Math.min(1, sum * Math.exp(scale)), error: error + 1e-12 };
}
