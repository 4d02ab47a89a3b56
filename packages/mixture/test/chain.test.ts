// Fits of one iteration, each from the model of the one before.
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, covarianceTypes, GaussianMixture } from "../src/index.ts";

describe("a chain of fits of one iteration each", () => {
  // scikit-learn 1.9.1, test_gaussian_mixture.py, test_monotonic_likelihood: RandomData of 7 components, warm_start, max_iter 1, reg_covar 0, tol 1e-7,
  // and `converged_` at the latest after 600 fits, with a likelihood that never falls.
  it.each(["full", "tied", "diag", "spherical"] as const)(
    "raises the likelihood and converges, as scikit-learn's suite asks (#16): %s",
    async (covarianceType) => {
      const random = createRandom(0);
      const centres = Array.from({ length: 7 }, () => Array.from({ length: 2 }, () => 50 * random.uniform()));
      const X = centres.flatMap((centre) => Array.from({ length: 500 }, () => centre.map((x) => x + random.normal())));
      const options = { nComponents: 7, covarianceType, regCovar: 0, tol: 1e-7, maxIter: 1 } as const;
      let model = await new GaussianMixture({ ...options, randomState: 0 }).fit(X);
      let score = await model.score(X);
      let fits = 1;
      for (; fits < 600 && !model.trace.converged; fits++) {
        model = await new GaussianMixture({ ...options, init: model }).fit(X);
        const next = await model.score(X);
        // EM without regularisation cannot lose likelihood; rounding of a sum over 3500 rows.
        expect(next).toBeGreaterThanOrEqual(score - 1e-12 * Math.abs(score));
        score = next;
      }

      expect(model.trace.converged).toBe(true);
    },
  );

  it.each(covarianceTypes)("ends where one long fit of plain EM ends, with the same parameters: %s", async (covarianceType) => {
    const { rows } = loadData("iris");
    const options = { nComponents: 3, covarianceType, acceleration: "none", nInit: 1 } as const;
    const long = await new GaussianMixture({ ...options, randomState: 2, order: "fit" }).fit(rows);
    let model = await new GaussianMixture({ ...options, randomState: 2, order: "fit", maxIter: 1 }).fit(rows);
    let fits = 1;
    for (; !model.trace.converged && fits < 2000; fits++)
      model = await new GaussianMixture({ ...options, init: model, maxIter: 1 }).fit(rows);

    expect(fits).toBe(long.trace.iterations);
    // Means are taken to and from the data's own coordinates at each step.
    model.means.data.forEach((value, at) => expect(Math.abs(value - long.means.data[at]!)).toBeLessThan(1e-9));
  });

  it.each([false, true])("converges with a posterior, too, read from its JSON or not: %s", async (isRead) => {
    const { rows } = loadData("faithful");
    const plain = { nComponents: 4, acceleration: "none" } as const;
    const options = { ...plain, maxIter: 1 } as const;
    let model = await new BayesianGaussianMixture({ ...options, randomState: 2 }).fit(rows);
    let fits = 1;
    for (; !model.trace.converged && fits < 2000; fits++) {
      const init = isRead ? BayesianGaussianMixture.load(JSON.stringify(model)) : model;
      model = await new BayesianGaussianMixture({ ...options, init }).fit(rows);
    }

    expect(fits).toBeLessThan(2000);
    expect(fits).toBe((await new BayesianGaussianMixture({ ...plain, randomState: 2 }).fit(rows)).trace.iterations);
  });

  it("does not go on with a bound of other rows, other weights or other iterations", async () => {
    const { rows } = loadData("faithful");
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(rows);
    const once = async (X: readonly (readonly number[])[], options: object, context = {}) =>
      (await new GaussianMixture({ nComponents: 2, maxIter: 1, init: model, ...options }).fit(X, context)).trace.converged;

    expect(await once(rows, {})).toBe(true);
    expect(await once(rows.slice(1), { tol: 1e3 })).toBe(false);
    expect(await once(rows, { tol: 1e3 }, { sampleWeight: rows.map((_, i) => 1 + (i % 2)) })).toBe(false);
    expect(await once(rows, { tol: 1e3, covarianceType: "diag" })).toBe(false);
    expect(await once(rows, { tol: 1e3, regCovar: 1 })).toBe(false);
  });
});
