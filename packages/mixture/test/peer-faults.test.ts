// Faults found in the sources of JavaScript packages that fit mixtures, each as a test that ours passes.
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { GaussianMixture } from "../src/index.ts";

const faithful = loadData("faithful").rows;
const twoGroups = [
  [0, 0],
  [0.1, 0.2],
  [0.2, 0.1],
  [0.15, 0.05],
  [9, 9],
  [9.1, 9.2],
  [9.2, 8.9],
  [9.05, 9.1],
];

describe("gaussian-mixture-model 1.1.5", () => {
  it("needs means and covariances from its caller: ours seeds itself", async () => {
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(twoGroups);

    const labels = await model.predict(twoGroups);
    expect(new Set(labels.slice(0, 4)).size).toBe(1);
    expect(new Set(labels.slice(4)).size).toBe(1);
    expect(labels[0]).not.toBe(labels[4]);
  });

  it("has no test of convergence: ours stops by itself and says whether it converged", async () => {
    const { trace } = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(faithful);

    expect(trace.converged).toBe(true);
    expect(trace.iterations).toBeLessThan(1000);
  });

  it("divides by a density of zero far from the data: ours stays in the log domain", async () => {
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(faithful);

    const far = [[1e6, -1e6]];
    const shares = await model.predictProba(far);
    const density = await model.scoreSamples(far);

    expect(shares.data[0]! + shares.data[1]!).toBe(1);
    expect(density[0]).toBeLessThan(-1e9);
    expect(density[0]).toBeGreaterThan(-Infinity);
  });

  it("gives unnormalised densities as predictions: responsibilities of ours sum to 1", async () => {
    const model = await new GaussianMixture({ nComponents: 3, randomState: 1 }).fit(faithful);

    const { data, rows } = await model.predictProba(faithful);

    for (let i = 0; i < rows; i++) expect(data[3 * i]! + data[3 * i + 1]! + data[3 * i + 2]!).toBeCloseTo(1, 14); // three roundings of numbers below 1
  });

  it("returns a collapsed mean where rows coincide: ours keeps a proper covariance and reports the component", async () => {
    const rows = [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
      [5, 6],
      [6, 5],
      [7, 7],
      [5.5, 6.5],
    ].map((row) => row.map((value) => Math.exp(value / 3))); // in no steps: there a group at one place would be as narrow as the ruler allows

    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(rows);

    expect(model.trace.diagnostics.map(({ code }) => code)).toContain("degenerate-component");
    for (const k of [0, 1]) expect(model.covariance(k).data[0]).toBeGreaterThan(0);
    expect((await model.scoreSamples(rows)).every(Number.isFinite)).toBe(true);
  });
});

describe("expectation-maximization 1.5.0 and ml-expectation-maximization 0.1.0", () => {
  it("draw their start from an unseeded generator: the same seed gives ours the same bits", async () => {
    const fit = () => new GaussianMixture({ nComponents: 3, randomState: 5 }).fit(faithful);

    const [first, second] = await Promise.all([fit(), fit()]);

    expect([...first.means.data]).toEqual([...second.means.data]);
    expect(first.bic).toBe(second.bic);
  });

  it("never pass the tolerance on: a smaller tol makes ours go further", async () => {
    const iterations = async (tol: number) =>
      (await new GaussianMixture({ nComponents: 3, tol, randomState: 5 }).fit(faithful)).trace.iterations;

    expect(await iterations(1e-9)).toBeGreaterThan(await iterations(1e-3));
  });

  it("call a row that underflows uniform or cluster 0: ours still uses the larger of two vanishing densities", async () => {
    const model = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [9, 9],
      ],
      covariances: [
        [1, 0],
        [0, 1],
      ],
      covarianceType: "tied",
    });

    const labels = await model.predict([
      [9e4, 9e4],
      [-9e4, -9e4],
    ]);

    expect([...labels]).toEqual([1, 0]);
  });

  it("report no likelihood: ours reports it, per map and at the end", async () => {
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(faithful);

    expect(model.trace.lowerBounds.length).toBe(model.trace.iterations);
    expect(model.logLikelihood).toBeCloseTo((await model.score(faithful)) * faithful.length, 8); // two orders of summation of 272 terms
  });
});

describe("gaussian-mixture 0.9.1", () => {
  it("leaves the weights out of its E-step: where densities are equal, ours follows the weights", () => {
    const model = GaussianMixture.fromParameters({ weights: [0.9, 0.1], means: [[-1], [1]], covariances: [[[1]], [[1]]] });

    const shares = model.point.responsibilities([0], new Float64Array(2));

    expect(shares[0]).toBeCloseTo(0.9, 15); // one exponential and one division
  });

  it("turns parameters to NaN when densities underflow: ours stay finite on points 9 999 apart", async () => {
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit([[0], [1], [9999], [10000]]);

    expect([...model.weights, ...model.means.data, ...model.covariance(0).data, ...model.covariance(1).data].every(Number.isFinite)).toBe(
      true,
    );
    expect([...model.means.data].sort((a, b) => a - b)).toEqual([0.5, 9999.5]);
  });

  it("judges convergence by something that is not the likelihood: ours never falls", async () => {
    const { lowerBounds } = (await new GaussianMixture({ nComponents: 4, regCovar: 0, randomState: 3 }).fit(loadData("galaxies").rows))
      .trace;

    // Without regularisation EM cannot lose likelihood (Dempster, Laird & Rubin 1977); 1e-12 leaves room for rounding only.
    const steps = lowerBounds.slice(1).map((value, index) => value - lowerBounds[index]!);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1e-12 * Math.abs(lowerBounds[0]!));
  });
});

describe("gaussian-mixture-estimator and hidden-markov-model-tf 4.0.0", () => {
  it("always runs to the iteration limit: ours stops once nothing changes", async () => {
    const { trace } = await new GaussianMixture({ nComponents: 1, maxIter: 500, randomState: 1 }).fit(faithful);

    expect(trace.iterations).toBeLessThan(5);
  });

  it("erases negative covariances: ours keeps their sign", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => [i, -2 * i + (i % 3)]);

    const model = await new GaussianMixture({ nComponents: 1, randomState: 1 }).fit(rows);

    expect(model.covariance(0).data[1]).toBeLessThan(-100);
  });
});
