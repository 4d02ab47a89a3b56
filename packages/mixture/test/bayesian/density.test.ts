import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, covarianceTypes } from "../../src/index.ts";
import { integralBySampling, integralOnGrid, twoGroups } from "./integral.ts";

const fit = (
  n: number,
  features: number,
  covarianceType: (typeof covarianceTypes)[number],
  density: "predictive" | "plugin" | "variational",
) => new BayesianGaussianMixture({ nComponents: 3, covarianceType, density, randomState: 5 }).fit(twoGroups(n, features, 17));

describe.each(covarianceTypes)("%s covariance", (covarianceType) => {
  it.each([10, 1000])("predictive and plug-in densities of %i rows integrate to 1 over one feature and over two", async (n) => {
    for (const features of [1, 2]) {
      for (const density of ["predictive", "plugin"] as const) {
        const model = await fit(n, features, covarianceType, density);

        const integral = await integralOnGrid(model, twoGroups(n, features, 17), features === 2 ? 0.4 : 1);

        // Tails as heavy as 1/x² that the grid leaves out, and for narrow components its step.
        expect(Math.abs(integral - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it.each(["predictive", "plugin"] as const)("%s densities integrate to 1 over five features", async (density) => {
    const { integral, standardError } = await integralBySampling(await fit(30, 5, covarianceType, density), 20_000, 23);

    expect(standardError).toBeLessThan(0.002);
    // Off by more once in 16 000, and the seed is fixed.
    expect(Math.abs(integral - 1)).toBeLessThan(4 * standardError);
  });

  it("what scikit-learn scores by is no density: it integrates to less than 1", async () => {
    const model = await fit(10, 2, covarianceType, "variational");

    expect(await integralOnGrid(model, twoGroups(10, 2, 17), 0.4)).toBeLessThan(0.8);
  });
});

describe("the three densities", () => {
  it("agree on the labels of plain data, and the predictive one expects more of rows it has not seen", async () => {
    const X = loadData("iris").rows;
    const train = X.filter((_, row) => row % 2 === 0);
    const rest = X.filter((_, row) => row % 2 === 1);

    const model = await new BayesianGaussianMixture({ nComponents: 3, labelsInit: train.map((_, row) => Math.floor(row / 25)) }).fit(train);

    const [predictive, plugin, variational] = [model, model.withDensity("plugin"), model.withDensity("variational")];
    const labels = await Promise.all([predictive, plugin, variational].map((each) => each.predict(X)));
    expect(labels[0]!.filter((label, row) => label !== labels[1]![row]).length).toBeLessThanOrEqual(3);
    expect(labels[0]!.filter((label, row) => label !== labels[2]![row]).length).toBeLessThanOrEqual(3);
    expect(await predictive.score(rest)).toBeGreaterThan(await plugin.score(rest));
    expect(await variational.score(rest)).toBeLessThan(await plugin.score(rest));
  });

  it("of many rows at once and block after block are the same to the bit", async () => {
    // More rows than distances are held of at a time.
    const X = twoGroups(70_000, 2, 3);
    const model = await new BayesianGaussianMixture({ nComponents: 12, randomState: 1, maxIter: 3 }).fit(twoGroups(500, 2, 3));

    const all = await model.scoreSamples(X);
    const shares = await model.predictProba(X);

    const last = { ...X, data: X.data.slice(-200), rows: 100 };
    expect(Array.from(all.slice(-100))).toEqual([...(await model.scoreSamples(last))]);
    expect(Array.from(shares.data.slice(-1200))).toEqual([...(await model.predictProba(last)).data]);
  });
});
