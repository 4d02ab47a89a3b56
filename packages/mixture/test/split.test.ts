import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CovarianceType, FittedGaussianMixture } from "../src/index.ts";
import { covarianceTypes, GaussianMixture, gaussianMixturePlugin } from "../src/index.ts";

/** A mixture with components of random place, size and direction. */
function randomMixture(seed: number, k: number, d: number, covarianceType: CovarianceType): FittedGaussianMixture {
  const random = createRandom(seed);
  const raw = Array.from({ length: k }, () => 0.2 + random.uniform());
  const total = raw.reduce((sum, value) => sum + value, 0);
  const covariance = (): number[][] => {
    const factor = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()));
    return factor.map((row, i) => factor.map((other, j) => row.reduce((sum, value, l) => sum + value * other[l]!, i === j ? 0.05 : 0)));
  };
  const covariances = {
    full: () => Array.from({ length: k }, covariance),
    tied: covariance,
    diag: () => Array.from({ length: k }, () => Array.from({ length: d }, () => 0.1 + random.uniform())),
    "tied-diag": () => Array.from({ length: d }, () => 0.1 + random.uniform()),
    spherical: () => Array.from({ length: k }, () => 0.1 + random.uniform()),
  }[covarianceType]();
  return GaussianMixture.fromParameters({
    weights: raw.map((value) => value / total),
    means: Array.from({ length: k }, () => Array.from({ length: d }, () => 4 * random.normal())),
    covariances,
    covarianceType,
  });
}

/** The mean and the covariance of a mixture as a whole. */
function momentsOf(model: FittedGaussianMixture): number[] {
  const { weights, means, nComponents, featureCount: d } = model;
  const mean = Array.from({ length: d }, (_, j) => weights.reduce((sum, weight, k) => sum + weight * means.data[k * d + j]!, 0));
  const covariance = Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    let sum = 0;
    for (let k = 0; k < nComponents; k++)
      sum += weights[k]! * (model.covariance(k).data[at]! + (means.data[k * d + i]! - mean[i]!) * (means.data[k * d + j]! - mean[j]!));
    return sum;
  });
  return [...mean, ...covariance];
}

async function split(model: FittedGaussianMixture, nComponents: number): Promise<FittedGaussianMixture> {
  const { X } = model.sample(300, { randomState: 1 });
  const request = { nComponents, X, options: { randomState: 1 }, context: {} };
  const [first] = await gaussianMixturePlugin.mixture.split!(model, request);
  return (first as { init: FittedGaussianMixture }).init;
}

describe("a mixture that is split to start one of more components", () => {
  it("keeps its mean and its covariance as a whole, however many components are added", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom("full" as const, "diag" as const),
        async (seed, k, d, more, covarianceType) => {
          const model = randomMixture(seed, k, d, covarianceType);

          const found = await split(model, k + more);

          expect(found.nComponents).toBe(k + more);
          const [before, after] = [momentsOf(model), momentsOf(found)];
          // Sums of a few products of numbers of the size of the largest.
          const size = Math.max(1, ...before.map(Math.abs));
          before.forEach((value, at) => expect(Math.abs(after[at]! - value)).toBeLessThan(1e-12 * size));
        },
      ),
      { seed: 15, numRuns: 60 },
    );
  });

  it.each(covarianceTypes)("has the halves of a Gaussian that is cut at its mean: %s", async (covarianceType) => {
    // A standard normal number above 0 has the mean √(2/π) and the variance 1 − 2/π.
    const model = randomMixture(3, 1, 1, covarianceType);
    const variance = model.covariance(0).data[0]!;

    const halves = await split(model, 2);

    // Of shared and spherical covariances the spread is that of the rows, 300 draws: its standard error is 8 %, and the seed is fixed.
    const tolerance = covarianceType === "full" || covarianceType === "diag" ? 1e-12 : 0.25;
    const [low, high] = [...halves.means.data].toSorted((a, b) => a - b);
    expect(Math.abs(((high! - low!) / 2) ** 2 / variance / (2 / Math.PI) - 1)).toBeLessThan(tolerance);
    for (const k of [0, 1]) expect(Math.abs(halves.covariance(k).data[0]! / variance / (1 - 2 / Math.PI) - 1)).toBeLessThan(tolerance);
    expect([...halves.weights]).toEqual([0.5, 0.5]);
  });

  it("has them along one axis: the means lie √(2/π) deviations of that axis from the old one", async () => {
    const model = randomMixture(5, 1, 2, "full");
    const [a, b, , c] = model.covariance(0).data;

    const { means } = await split(model, 2);

    // In the metric of the covariance, whatever the axis.
    const [x, y] = [0, 1].map((j) => (means.data[2 + j]! - means.data[j]!) / 2);
    const squared = (c! * x! ** 2 - 2 * b! * x! * y! + a! * y! ** 2) / (a! * c! - b! ** 2);
    expect(Math.abs(squared / (2 / Math.PI) - 1)).toBeLessThan(1e-10);
  });
});
