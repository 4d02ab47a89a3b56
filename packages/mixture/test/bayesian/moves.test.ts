import { createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, covarianceTypes } from "../../src/index.ts";

const kinds: Readonly<Record<string, (random: Random, row: number) => number[]>> = {
  "log-normal": (random) => [Math.exp(2 * random.normal()), Math.exp(random.normal())],
  normal: (random) => [random.normal(), random.normal()],
  integers: (random) => [Math.round(3 * random.normal()), Math.round(3 * random.normal())],
  "a grid": (_random, row) => [row % 10, Math.floor(row / 10)],
  "heavy tails": (random) => [random.normal() / random.uniform(), random.normal() / random.uniform()],
  "a flag": (random) => [random.normal(), random.integer(2)],
  "two groups": (random, row) => [random.normal() + (row % 2) * 100, random.normal()],
  exponential: (random) => [-Math.log(1 - random.uniform())],
};

describe("moves under other units of the data (#16)", () => {
  // Another unit adds a constant to the bound: what a rise must come to may not depend on that.
  it.each(Object.entries(kinds))("give the same labels, and the score of the change of volume, for powers of two: %s", async (_, draw) => {
    for (const [index, covarianceType] of [...covarianceTypes, "spherical" as const].entries()) {
      const random = createRandom(covarianceType === "spherical" ? 1 : index);
      const X = Array.from({ length: 100 }, (_row, i) => draw(random, i));
      const estimator = new BayesianGaussianMixture({ nComponents: 6, covarianceType, moves: true, randomState: 1 });
      const plain = await estimator.fit(X);
      const [labels, score] = [await plain.predict(X), await plain.score(X)];
      for (const power of [30, -40, 300]) {
        const scaled = X.map((row) => row.map((x) => x * 2 ** power));
        const model = await estimator.fit(scaled);

        expect(await model.predict(scaled)).toEqual(labels);
        // Scaling by powers of two costs no digits, but the logarithms of volumes are rounded, at each of some twenty iterations.
        expect(Math.abs((await model.score(scaled)) + X[0]!.length * power * Math.LN2 - score)).toBeLessThan(1e-9);
        expect(model.trace.iterations).toBe(plain.trace.iterations);
      }
    }
  });
});

describe("a concentration far above the components (#16)", () => {
  const random = createRandom(3);
  const X = Array.from({ length: 60 }, (_, i) => [random.normal() + (i % 2) * 9]);
  const codes = async (options: object) =>
    (await new BayesianGaussianMixture({ nComponents: 3, randomState: 1, ...options }).fit(X)).trace.diagnostics.map(({ code }) => code);

  it.each<[object, boolean]>([
    [{}, false],
    [{ weightConcentrationPrior: 30 }, false],
    [{ weightConcentrationPrior: 31 }, true],
    [{ weightConcentrationPrior: 1e300 }, true],
    [{ weightConcentrationPrior: "learn" }, false],
    [{ weightConcentrationPriorType: "dirichlet_distribution", weightConcentrationPrior: 20 }, false],
    [{ weightConcentrationPriorType: "dirichlet_distribution", weightConcentrationPrior: 21 }, true],
    [{ weightConcentrationPriorType: "dirichlet_distribution", weightConcentrationPrior: 1e300 }, true],
    [{ nComponents: 1, weightConcentrationPrior: 1e6 }, false],
  ])("is a finding, %j: %s", async (options, found) => {
    expect((await codes(options)).includes("concentrated-prior")).toBe(found);
  });

  it.each(["dirichlet_process", "dirichlet_distribution"] as const)("expects as many components as even weights, %s", async (type) => {
    const model = await new BayesianGaussianMixture({
      nComponents: 4,
      weightConcentrationPriorType: type,
      weightConcentrationPrior: 1e300,
      randomState: 1,
    }).fit(X);

    const { prior, posterior } = model.expectedComponents!;
    // 60 rows thrown at four equal weights leave 4 (1 − (3/4)⁶⁰) of them occupied; a process gives all to the last.
    const right = type === "dirichlet_process" ? 1 : 4 * (1 - 0.75 ** 60);
    expect(Math.abs(prior - right)).toBeLessThan(1e-12);
    expect(posterior).toBeGreaterThan(0);
    expect((await model.predictProba(X)).data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(BayesianGaussianMixture.load(JSON.stringify(model)).expectedComponents).toEqual(model.expectedComponents);
  });
});
