// Rules of a posterior, each tried just inside and just outside of where it ends.
import type { Passes } from "@mixtura/backend/internal/rows";
import { describe, expect, it } from "vitest";
import { weightDistribution } from "../../src/bayesian-mixture/weights.ts";
import { occupiedComponents } from "../../src/bayesian-mixture/occupied.ts";
import { mergedGaussians } from "../../src/bayesian-mixture/rearranged.ts";
import { covarianceKind } from "../../src/covariance/kinds.ts";
import { BayesianGaussianMixture } from "../../src/index.ts";

describe("sticks under another numbering", () => {
  const sticks = [2, 0, 3, 1]; // no permutation that is its own inverse
  const process = weightDistribution("dirichlet_process", "conjugate");
  const numbered = weightDistribution("dirichlet_process", "conjugate", sticks);
  const ofSticks = (lists: Float64Array): Float64Array => {
    const out = new Float64Array(lists.length);
    for (let at = 0; at < lists.length; at++) out[at - (at % 4) + sticks[at % 4]!] = lists[at]!;
    return out;
  };
  const prior = 0.7;
  const masses = Float64Array.of(5, 40, 0, 12);

  it("say the same of every component, and of all together, as sticks in their own order", () => {
    const concentration = numbered.posterior(prior, masses);
    const right = process.posterior(prior, ofSticks(masses));
    expect(ofSticks(concentration)).toEqual(right);
    expect(ofSticks(numbered.expectedLogs(concentration))).toEqual(process.expectedLogs(right));
    expect(ofSticks(numbered.means(concentration))).toEqual(process.means(right));
    expect(ofSticks(numbered.masses(prior, concentration))).toEqual(process.masses(prior, right));
    expect(ofSticks(numbered.priorMeans(prior, 4))).toEqual(process.priorMeans(prior, 4));
    expect(numbered.evidence(prior, masses)).toBe(process.evidence(prior, ofSticks(masses)));
    expect(numbered.evidenceSlope(prior, masses)).toBe(process.evidenceSlope(prior, ofSticks(masses)));
    expect(numbered.logNormaliser(concentration)).toBe(process.logNormaliser(right));
    expect([numbered.size(4), numbered.parts(4)]).toEqual([process.size(4), process.parts(4)]);
  });
});

describe("a component that holds just the fraction of the rows", () => {
  it("does not count at that share, and counts below it", async () => {
    const X = Array.from({ length: 40 }, (_, i) => [(i % 2) * 9 + (i % 5) / 5]);
    const options = { weightConcentrationPriorType: "dirichlet_distribution", weightConcentrationPrior: 1, randomState: 1 } as const;
    const fitted = await new BayesianGaussianMixture({ nComponents: 2, ...options }).fit(X);
    // A prior of one row each, and one row beside three.
    const model = BayesianGaussianMixture.load({ ...fitted.toJSON(), weightConcentration: [2, 4] });

    expect([0.25, 0.249].map((share) => model.effectiveComponents(share))).toEqual([1, 2]);
    expect([0.25, 0.249].map((share) => model.prune(share).nComponents)).toEqual([1, 2]);
    expect([0.75, 1].map((share) => [model.effectiveComponents(share), model.prune(share).nComponents])).toEqual([
      [0, 1],
      [0, 1], // the largest stays
    ]);
  });
});

describe("components that hold a row", () => {
  /** What is expected of components that hold so many rows, where a pass would find the probabilities that none is theirs. */
  async function expected(masses: readonly number[], empty: readonly number[]) {
    let passes = 0;
    const rows = { reduce: async () => (passes++, Float64Array.from(empty, Math.log)) } as unknown as Passes;
    return { count: await occupiedComponents(rows, {} as never, Float64Array.from(masses)), passes };
  }

  it("are certain from 28 rows on and none up to 1e-12 of a row, where no pass is made", async () => {
    expect(await expected([28, 1e-12, 100, 0], [])).toEqual({ count: 2, passes: 0 });
  });

  it("are expected with the probability that a pass finds, in between", async () => {
    for (const mass of [27.9, 1.1e-12]) {
      const { count, passes } = await expected([mass, 100, 0], [0.25, 0.5, 0.5]);
      expect(count).toBeCloseTo(1.75, 14);
      expect(passes).toBe(1);
    }
  });
});

describe("two components that are merged", () => {
  const kind = covarianceKind("full");
  const prior = { mean: Float64Array.of(0), meanPrecision: 1, degreesOfFreedom: 2, covariance: Float64Array.of(1) };
  /** Both at the prior's mean, with scales of so many of its own: what is left when it is taken off once. */
  const merged = (scale: number) =>
    mergedGaussians(
      kind,
      prior,
      {
        meanPrecision: Float64Array.of(4, 3),
        means: new Float64Array(2),
        degreesOfFreedom: Float64Array.of(5, 4),
        covariances: Float64Array.of(scale / 5, scale / 4),
        whitening: Float64Array.of(Math.sqrt(5 / scale), Math.sqrt(4 / scale)),
      },
      0,
      1,
    );

  it("are the posterior of the rows of both, and the prior", () => {
    const found = merged(0.6)!;
    expect([...found.meanPrecision]).toEqual([6, 1]);
    expect([...found.degreesOfFreedom]).toEqual([7, 2]);
    expect(found.covariances[0]).toBeCloseTo(0.2 / 7, 14);
    expect(found.covariances[1]).toBeCloseTo(0.5, 14);
  });

  it("are none where rounding leaves no covariance", () => {
    expect(merged(0.5 - 1e-9)).toBeUndefined();
  });
});
