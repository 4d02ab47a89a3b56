import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { loadData, loadMclust, mclustNames } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, GaussianMixture } from "../src/index.ts";

const iris = loadData("iris").rows;
const covarianceType = "tied-diag";

describe("one diagonal covariance for all components", () => {
  it("is the mean square within the groups that a fit starts from, feature by feature", async () => {
    const labelsInit = iris.map((_, row) => Math.floor(row / 50));
    const expected = [0, 1, 2, 3].map((j) => {
      const squares = [0, 1, 2].flatMap((group) => {
        const values = iris.slice(50 * group, 50 * (group + 1)).map((row) => row[j]!);
        const mean = values.reduce((sum, value) => sum + value, 0) / 50;
        return values.map((value) => (value - mean) ** 2);
      });
      return squares.reduce((sum, square) => sum + square, 0) / 150;
    });
    for (const backend of [undefined, createWasmBackend({ threads: 1 }), mlMatrixBackend()]) {
      const options = { nComponents: 3, covarianceType, labelsInit, regCovar: 0, maxIter: 0, ...(backend && { backend }) } as const;

      const json = (await new GaussianMixture(options).fit(iris)).toJSON();

      const found = json["covariances"] as number[];
      expect(found.length).toBe(4);
      // Sums of 150 squares in another order.
      found.forEach((value, j) => expect(Math.abs(value / expected[j]! - 1)).toBeLessThan(1e-12));
    }
  });

  it("is one list in explicit parameters, and the same matrix for every component", () => {
    const parameters = {
      weights: [0.5, 0.5],
      means: [
        [0, 0, 0],
        [1, 1, 1],
      ],
      covarianceType,
    } as const;
    const model = GaussianMixture.fromParameters({ ...parameters, covariances: [1, 4, 9] });

    expect([0, 1].map((k) => [...model.covariance(k).data])).toEqual(Array.from({ length: 2 }, () => [1, 0, 0, 0, 4, 0, 0, 0, 9]));
    expect(model.nParameters).toBe(1 + 6 + 3);
    expect(() => GaussianMixture.fromParameters({ ...parameters, covariances: [1, 4] })).toThrow(
      '"covariances" must be 3 finite numbers for covarianceType "tied-diag"',
    );
  });

  it("has one degree of freedom per row in a posterior, whichever component holds it", async () => {
    const model = await new BayesianGaussianMixture({ nComponents: 3, covarianceType, randomState: 1 }).fit(iris);

    for (const freedom of model.degreesOfFreedom) expect(freedom).toBeCloseTo(154, 9);
    expect(model.covariance(0)).toEqual(model.covariance(2));
  });
});

describe("mclust 6.0.0's EEI", () => {
  const cases = mclustNames.flatMap((name) => {
    const { data, table } = loadMclust(name);
    return table
      .filter(({ model, components }) => model === "EEI" && components <= 5)
      .map((entry) => ({ ...entry, data, id: `${name} ${entry.components}` }));
  });

  it("is there for eight data sets", () => {
    expect(cases.length).toBe(39);
  });

  it.each(cases)("has no higher log-likelihood: $id", async ({ data, components, df, logLikelihood }) => {
    const estimator = new GaussianMixture({
      nComponents: components,
      covarianceType,
      nInit: 10,
      randomState: 1,
      regCovar: 0,
      tol: 1e-10,
      maxIter: 5000,
    });

    const model = await estimator.fit(data.rows);

    expect(model.nParameters).toBe(df);
    // mclust ends when a relative change of the log-likelihood is below 1e-5; a nat in a million rows is the rounding of what both print.
    expect(model.logLikelihood).toBeGreaterThan(logLikelihood - 1e-6 * data.rows.length);
  });
});
