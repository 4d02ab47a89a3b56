import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { loadData } from "@mixtura/fixtures";
import { orderByMeans } from "../src/em/order.ts";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "../src/index.ts";

const faithful = loadData("faithful").rows;
const iris = loadData("iris").rows;

const unit = (d: number) => ({ variances: new Float64Array(d).fill(1) });

describe("the order of components", () => {
  it("is that of the first column in which all means lie apart", () => {
    // The first column has two means 5e-7 deviations apart, which rounding may swap; the second tells all apart.
    const means = Float64Array.of(1, 9, 1 + 5e-7, 3, 0, 5);
    expect(orderByMeans(means, [20, 30, 50], unit(2))).toEqual([1, 2, 0]);
    const apart = means.with(2, 1 + 2e-6);
    expect(orderByMeans(apart, [20, 30, 50], unit(2))).toEqual([2, 0, 1]);
  });

  it("measures columns in their own standard deviations", () => {
    const means = Float64Array.of(1e-9, 0, 0, 1);
    expect(orderByMeans(means, [50, 50], { variances: Float64Array.of(1, 1) })).toEqual([0, 1]);
    expect(orderByMeans(means, [50, 50], { variances: Float64Array.of(1e-18, 1) })).toEqual([1, 0]);
  });

  it("passes over columns without spread", () => {
    expect(orderByMeans(Float64Array.of(7, 2, 7, 1), [50, 50], { variances: Float64Array.of(0, 1) })).toEqual([1, 0]);
  });

  it("uses the column with the largest smallest distance where no column separates all, and weights among equals", () => {
    // Two means are one in the first column, two others in the second; distances of zero are equally small, so the first column counts.
    const means = Float64Array.of(5, 0, 5, 1, 0, 1);
    expect(orderByMeans(means, [20, 30, 50], unit(2))).toEqual([2, 1, 0]);
    // 4e-7 is more than 0: the second column counts, and its near equals go by weight.
    const nearly = Float64Array.of(5, 0, 5, 4e-7, 0, 1);
    expect(orderByMeans(nearly, [20, 30, 50], unit(2))).toEqual([1, 0, 2]);
    expect(orderByMeans(nearly, [30, 20, 50], unit(2))).toEqual([0, 1, 2]);
  });

  it("has components that hold less than a row at its end, and does not look at their means", () => {
    const means = Float64Array.of(4, 4, 9, 1, 4);
    expect(orderByMeans(means, [0.2, 0.9, 40, 60, 0.5], unit(1))).toEqual([3, 2, 1, 4, 0]);
    expect(orderByMeans(means, [1, 0.9, 40, 60, 0.5], unit(1))).toEqual([3, 0, 2, 1, 4]);
  });

  it("is by weight alone where all means are one", () => {
    expect(orderByMeans(new Float64Array(3), [20, 50, 30], unit(1))).toEqual([1, 2, 0]);
  });
});

describe("a fitted model", () => {
  const seeds = [0, 1, 2, 3, 4, 5];

  it("numbers one optimum alike for every seed", async () => {
    const estimator = new GaussianMixture({ nComponents: 2, covarianceType: "full", tol: 1e-10, nInit: 3 });
    const models = await Promise.all(seeds.map((randomState) => estimator.with({ randomState }).fit(faithful)));
    const [first, ...others] = models;
    expect(first!.means.data[0]).toBeLessThan(first!.means.data[2]!);
    for (const { means, weights } of others) {
      // One optimum, reached to a bound that changes by 1e-10: parameters agree to about its root.
      for (const [at, value] of means.data.entries()) expect(Math.abs(value - first!.means.data[at]!)).toBeLessThan(1e-3);
      expect(Math.abs(weights[0]! - first!.weights[0]!)).toBeLessThan(1e-4);
    }
  });

  it("numbers clusters alike for every seed", async () => {
    const centres = await Promise.all(
      seeds.map(async (randomState) => (await new KMeans({ nClusters: 2, randomState, nInit: 2 }).fit(faithful)).clusterCenters.data),
    );
    for (const found of centres) expect(found[0]).toBeLessThan(found[2]!);
  });

  it("keeps the numbering of the fit where it is asked to, and where a start was spelled out", async () => {
    const meansInit = [
      [4.3, 80],
      [2, 54],
    ];
    const told = await new GaussianMixture({ nComponents: 2, meansInit }).fit(faithful);
    expect(told.means.data[0]).toBeGreaterThan(told.means.data[2]!);
    const sorted = await new GaussianMixture({ nComponents: 2, meansInit, order: "means" }).fit(faithful);
    expect([...sorted.weights]).toEqual([...told.weights].toReversed());
    expect([...sorted.means.data]).toEqual([...told.means.data.subarray(2), ...told.means.data.subarray(0, 2)]);
    expect([...(await sorted.predict(faithful))]).toEqual([...(await told.predict(faithful))].map((label) => 1 - label));
    const centres = await new KMeans({ nClusters: 2, init: meansInit }).fit(faithful);
    expect(centres.clusterCenters.data[0]).toBeGreaterThan(centres.clusterCenters.data[2]!);
    const again = await new GaussianMixture({ nComponents: 2, init: told }).fit(faithful);
    expect(again.means.data[0]).toBeGreaterThan(again.means.data[2]!);
  });

  it("names the component in its diagnostics by the number it has in the model", async () => {
    const random = createRandom(3);
    // A group on a line without width, at the right end: whatever the fit calls it, the model calls it the last.
    const rows = Array.from({ length: 60 }, (_, i) => (i < 40 ? [random.normal(), random.normal()] : [20 + random.normal() / 10, 5]));
    const model = await new GaussianMixture({ nComponents: 2, regCovar: 0, randomState: 1 }).fit(rows);
    const named = model.trace.diagnostics.filter(({ component }) => component !== undefined);
    expect(named.length).toBeGreaterThan(0);
    expect(named.map(({ component }) => component)).toEqual(named.map(() => 1));
    expect(named.every(({ message }) => message.toLowerCase().includes("component 1"))).toBe(true);
  });
});

describe("a posterior by stick-breaking", () => {
  const options = { nComponents: 5, weightConcentrationPriorType: "dirichlet_process", randomState: 4 } as const;

  it("says the same under either numbering", async () => {
    const asFitted = await new BayesianGaussianMixture({ ...options, order: "fit" }).fit(iris);
    const sorted = await new BayesianGaussianMixture(options).fit(iris);
    const sticks = sorted.sticks!;

    expect(asFitted.sticks).toEqual([0, 1, 2, 3, 4]);
    expect(sticks).not.toEqual(asFitted.sticks);
    expect([...sorted.weights]).toEqual(sticks.map((stick) => asFitted.weights[stick]));
    const [first, second] = sorted.weightConcentration as readonly [Float64Array, Float64Array];
    const [firstOfSticks, secondOfSticks] = asFitted.weightConcentration as readonly [Float64Array, Float64Array];
    expect([[...first], [...second]]).toEqual([sticks.map((stick) => firstOfSticks[stick]), sticks.map((stick) => secondOfSticks[stick])]);
    for (const density of ["predictive", "plugin", "variational"] as const) {
      const found = await sorted.withDensity(density).scoreSamples(iris);
      const right = await asFitted.withDensity(density).scoreSamples(iris);
      // The same terms, summed in another order.
      found.forEach((value, row) => expect(Math.abs(value - right[row]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value))));
    }
    expect(sorted.lowerBound).toBe(asFitted.lowerBound);
    expect(sorted.expectedComponents).toEqual(asFitted.expectedComponents);
  });

  it("is read back to the same bits, and goes on where it was", async () => {
    const model = await new BayesianGaussianMixture(options).fit(iris);
    const read = BayesianGaussianMixture.load(JSON.stringify(model));
    expect(read.sticks).toEqual(model.sticks);
    expect(read.toJSON()).toEqual(model.toJSON());
    const further = await new BayesianGaussianMixture({ ...options, init: model, maxIter: 1, tol: 0 }).fit(iris);
    expect(further.sticks).toEqual(model.sticks);
    // One map from where the fit came to rest (tol 1e-5 nats per row) moves little.
    further.means.data.forEach((value, at) => expect(Math.abs(value - model.means.data[at]!)).toBeLessThan(0.05));
    const json = { ...model.toJSON(), sticks: [0, 0, 1, 2, 3] };
    expect(() => BayesianGaussianMixture.load(json)).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });

  it("is pruned to what it would be without the sticks that hold nothing", async () => {
    const [asFitted, sorted] = [
      await new BayesianGaussianMixture({ ...options, nComponents: 9, order: "fit", moves: true }).fit(faithful),
      await new BayesianGaussianMixture({ ...options, nComponents: 9, moves: true }).fit(faithful),
    ];
    const [right, found] = [asFitted.prune(), sorted.prune()];
    expect(found.nComponents).toBe(right.nComponents);
    expect([...found.weights]).toEqual(found.sticks!.map((stick) => right.weights[stick]));
  });
});

describe("rows without spread in any column", () => {
  it("leave components in order of weight", async () => {
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(matrix(new Float64Array(10).fill(3), 10, 1));
    expect(model.weights[0]).toBeGreaterThanOrEqual(model.weights[1]!);
  });
});
