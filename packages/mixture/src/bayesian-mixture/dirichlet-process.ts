import { digamma, logBeta } from "@mixtura/distributions";
import type { PriorConvention } from "./choices.ts";
import type { WeightDistribution } from "./weights.ts";

/**
 * Weights of a Dirichlet process cut off at K components: component k takes a fraction vₖ ~ Beta(1, γ) of what those before it left. Concentrations
 * are the first parameters of the K posterior fractions and then their second ones.
 *
 * The last component takes all that is left: its fraction is 1, which is a second parameter of 0. scikit-learn gives it a random fraction like the others, and
 * scales the weights to sum 1 afterwards.
 *
 * @see Blei & Jordan, Variational inference for Dirichlet process mixtures, Bayesian Analysis 1 (2006)
 */
export function dirichletProcess(convention: PriorConvention): WeightDistribution {
  /** The second parameter of the last fraction. */
  const last = (prior: number): number => (convention === "conjugate" ? 0 : prior);
  return {
    posterior(prior, masses) {
      const k = masses.length;
      const concentration = new Float64Array(2 * k);
      let after = 0;
      for (let j = k - 1; j >= 0; j--) {
        concentration[j] = 1 + masses[j]!;
        concentration[k + j] = j === k - 1 ? last(prior) : prior + after;
        after += masses[j]!;
      }
      return concentration;
    },
    expectedLogs(concentration) {
      const k = concentration.length / 2;
      const logs = new Float64Array(k);
      let left = 0;
      for (let j = 0; j < k; j++) {
        const [a, b] = [concentration[j]!, concentration[k + j]!];
        const both = digamma(a + b);
        logs[j] = left + (b > 0 ? digamma(a) - both : 0);
        left += digamma(b) - both;
      }
      return logs;
    },
    means(concentration) {
      const k = concentration.length / 2;
      const means = new Float64Array(k);
      let left = 1;
      let sum = 0;
      for (let j = 0; j < k; j++) {
        const [a, b] = [concentration[j]!, concentration[k + j]!];
        means[j] = left * (a / (a + b));
        left *= b / (a + b);
        sum += means[j]!;
      }
      return sum === 1 ? means : means.map((mean) => mean / sum);
    },
    masses: (_prior, concentration) => concentration.slice(0, concentration.length / 2).map((value) => Math.max(0, value - 1)),
    evidence(prior, masses) {
      let evidence = 0;
      let after = masses[masses.length - 1]!;
      for (let j = masses.length - 2; j >= 0; j--) {
        const mass = masses[j]!;
        // B(1, γ) = 1/γ
        if (mass + after > 0) evidence += logBeta(1 + mass, prior + after) + Math.log(prior);
        after += mass;
      }
      return evidence;
    },
    evidenceSlope(prior, masses) {
      let slope = 0;
      let after = masses[masses.length - 1]!;
      for (let j = masses.length - 2; j >= 0; j--) {
        const mass = masses[j]!;
        if (mass + after > 0) slope += digamma(prior + after) - digamma(1 + mass + prior + after) + 1 / prior;
        after += mass;
      }
      return slope;
    },
    logNormaliser(concentration) {
      const k = concentration.length / 2;
      let sum = 0;
      for (let j = 0; j < k; j++) sum -= logBeta(concentration[j]!, concentration[k + j]!);
      return sum;
    },
    size: (k) => 2 * k,
    parts: () => 1,
    priorMeans(prior, k) {
      const left = prior / (1 + prior);
      return Float64Array.from({ length: k }, (_, j) => left ** j * (j === k - 1 ? 1 : 1 - left));
    },
  };
}
