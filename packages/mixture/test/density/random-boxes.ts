import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { gaussLegendre, normalCdf } from "@mixtura/distributions";
import type { FittedGaussianMixture } from "../../src/index.ts";
import { GaussianMixture } from "../../src/index.ts";

/** A mixture, a box, and the probability of the box by a way of its own. */
export interface RandomBox {
  readonly model: FittedGaussianMixture;
  readonly lower: number[];
  readonly upper: number[];
  /** Good to 1e-12. */
  readonly truth: number;
}

interface FactorGaussian {
  readonly mean: number[];
  /** d×2 */
  readonly loads: number[][];
  readonly noise: number[];
}

/**
 * A random mixture whose components have covariances D + B Bᵀ with B of two columns: features are correlated throughout, yet independent given two
 * normal factors, so that the probability of a box is a double integral of a product, taken here by a product rule. No code of the package takes part
 * in the truth but the normal distribution function and the nodes, which have tests of their own.
 *
 * @param options `sharpest` keeps the noise at least this large beside the loads, which keeps the truth cheap
 */
export function randomBox(seed: number, { sharpest = 0 }: { readonly sharpest?: number } = {}): RandomBox {
  const random = createRandom(seed);
  const d = 2 + random.integer(9);
  const k = 1 + random.integer(3);
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const gaussians = Array.from({ length: k }, () => factorGaussian(d, random, sharpest));
  const shares = gaussians.map(() => between(0.2, 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const weights = shares.map((share) => share / total);
  const lower: number[] = [];
  const upper: number[] = [];
  for (let j = 0; j < d; j++) {
    const sides = random.integer(8); // mostly both sides, some with one, a few without any
    const centre = between(-1.5, 1.5);
    const half = between(0.3, 3);
    lower.push(sides === 0 || sides === 1 ? -Infinity : centre - half);
    upper.push(sides === 0 || sides === 2 ? Infinity : centre + half);
  }
  const model = GaussianMixture.fromParameters({
    weights,
    means: gaussians.map(({ mean }) => mean),
    covariances: gaussians.map(({ loads, noise }) =>
      noise.map((own, i) => noise.map((_, j) => (i === j ? own : 0) + loads[i]![0]! * loads[j]![0]! + loads[i]![1]! * loads[j]![1]!)),
    ),
  });
  const truth = gaussians.reduce((sum, gaussian, component) => sum + weights[component]! * factorProbability(gaussian, lower, upper), 0);
  return { model, lower, upper, truth };
}

function factorGaussian(d: number, random: Random, sharpest: number): FactorGaussian {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const strength = between(0.2, 2);
  const mean = Array.from({ length: d }, () => between(-1, 1));
  const loads = Array.from({ length: d }, () => [strength * random.normal() * 0.5, strength * random.normal() * 0.5]);
  const noise = Array.from({ length: d }, (_, j) => Math.max(between(0.15, 1), (sharpest * Math.hypot(...loads[j]!)) ** 2));
  return { mean, loads, noise };
}

const REACH = 8.5; // the normal density beyond holds 2e-17
const rule = gaussLegendre(16);

/** Nodes and weights of one factor: panels as narrow as what a factor changes quickest. */
function factorNodes({ loads, noise }: FactorGaussian): { x: number; weight: number }[] {
  const sharpest = Math.min(1, ...loads.map(([first, second], j) => Math.sqrt(noise[j]!) / Math.hypot(first!, second!)));
  const panels = Math.ceil((2 * REACH) / (3 * sharpest));
  const half = REACH / panels;
  return Array.from({ length: panels }, (_, panel) =>
    Array.from(rule.nodes, (node, i) => {
      const x = -REACH + half * (2 * panel + 1 + node);
      return { x, weight: (half * rule.weights[i]! * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI) };
    }),
  ).flat();
}

function factorProbability(gaussian: FactorGaussian, lower: readonly number[], upper: readonly number[]): number {
  const { mean, loads, noise } = gaussian;
  const spreads = noise.map(Math.sqrt);
  const nodes = factorNodes(gaussian);
  let sum = 0;
  for (const first of nodes) {
    for (const second of nodes) {
      let product = first.weight * second.weight;
      if (product < 1e-18) continue;
      for (let j = 0; j < mean.length && product > 0; j++) {
        if (lower[j] === -Infinity && upper[j] === Infinity) continue;
        const centre = mean[j]! + loads[j]![0]! * first.x + loads[j]![1]! * second.x;
        product *= normalCdf((upper[j]! - centre) / spreads[j]!) - normalCdf((lower[j]! - centre) / spreads[j]!);
      }
      sum += product;
    }
  }
  return sum;
}
