import { digamma, logGamma } from "@mixtura/distributions";
import type { WeightDistribution } from "./weights.ts";

/**
 * Weights from a symmetric Dirichlet distribution.
 *
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §10.2, B.17
 */
export const dirichletDistribution: WeightDistribution = {
  posterior: (prior, masses) => masses.map((mass) => prior + mass),
  expectedLogs(concentration) {
    const all = digamma(sumOf(concentration));
    return concentration.map((value) => digamma(value) - all);
  },
  means(concentration) {
    const sum = sumOf(concentration);
    return concentration.map((value) => value / sum);
  },
  masses: (prior, concentration) => concentration.map((value) => Math.max(0, value - prior)),
  evidence(prior, masses) {
    const k = masses.length;
    let evidence = logGamma(k * prior) - logGamma(k * prior + sumOf(masses));
    for (const mass of masses) if (mass > 0) evidence += logGamma(prior + mass) - logGamma(prior);
    return evidence;
  },
  evidenceSlope(prior, masses) {
    const k = masses.length;
    let slope = k * (digamma(k * prior) - digamma(k * prior + sumOf(masses)));
    for (const mass of masses) if (mass > 0) slope += digamma(prior + mass) - digamma(prior);
    return slope;
  },
  logNormaliser(concentration) {
    return concentration.reduce((sum, value) => sum - logGamma(value), logGamma(sumOf(concentration)));
  },
  size: (k) => k,
  parts: (k) => k,
  priorMeans: (_prior, k) => new Float64Array(k).fill(1 / k),
};

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
