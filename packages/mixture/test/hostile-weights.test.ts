// Weights of every size, rows of weight 0 as far away as doubles go, and what is saved of such fits.
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, covarianceTypes, GaussianMixture, KMeans } from "../src/index.ts";

const random = createRandom(16);
const X = Array.from({ length: 60 }, (_, i) => [random.normal() + (i % 2) * 8, random.normal()]);
const types = ["dirichlet_process", "dirichlet_distribution"] as const;

describe("a posterior of weights whose sum has no square (#16)", () => {
  it.each(covarianceTypes.flatMap((covarianceType) => types.map((type) => [covarianceType, type] as const)))(
    "is that of many rows: %s, %s",
    async (covarianceType, type) => {
      const options = { nComponents: 3, covarianceType, weightConcentrationPriorType: type, labelsInit: X.map((_, i) => i % 2) } as const;
      const fit = (unit: number) => new BayesianGaussianMixture(options).fit(X, { sampleWeight: X.map(() => unit) });
      const right = await fit(1e9); // beside which the prior is lost already

      for (const unit of [1e60, 1e150, 1e198]) {
        const model = await fit(unit);

        // The prior weighs 1e-9 rows at most beside them.
        expect(Math.abs((await model.score(X)) - (await right.score(X)))).toBeLessThan(1e-7);
        expect(await model.predict(X)).toEqual(await right.predict(X));
        expect(model.sample(50, { randomState: 1 }).X.data.every(Number.isFinite)).toBe(true);
        const read = BayesianGaussianMixture.load(JSON.stringify(model));
        expect(await read.scoreSamples(X)).toEqual(await model.scoreSamples(X));
      }
    },
  );
});

describe("weights from 1e-200 to 1e200", () => {
  it.each(covarianceTypes)("give a mixture the same components whatever their unit: %s", async (covarianceType) => {
    const options = {
      nComponents: 2,
      covarianceType,
      meansInit: [
        [0, 0],
        [8, 0],
      ],
    };
    const weights = X.map((_, i) => 1 + (i % 3));
    const fit = (unit: number) => new GaussianMixture(options).fit(X, { sampleWeight: weights.map((w) => w * unit) });
    const right = await fit(1);

    for (const power of [-660, -300, 300, 660]) {
      const model = await fit(2 ** power); // which costs no digits

      expect(model.means).toEqual(right.means);
      expect([0, 1].map((k) => model.covariance(k))).toEqual([0, 1].map((k) => right.covariance(k)));
      expect(Number.isFinite(model.bic) && Number.isFinite(model.icl)).toBe(true);
      expect(GaussianMixture.load(JSON.stringify(model)).bic).toBe(model.bic);
    }
  });

  it("beyond what sums of log-densities can hold are refused", async () => {
    for (const estimator of [new GaussianMixture(), new BayesianGaussianMixture(), new KMeans({ nClusters: 1 })]) {
      await expect(estimator.fit(X, { sampleWeight: X.map(() => 1e299) })).rejects.toMatchObject({ code: "invalid-weight" });
      await expect(estimator.fit(X, { sampleWeight: X.map(() => 1e-299) })).rejects.toMatchObject({ code: "invalid-weight" });
    }
  });

  it("that leave no digits of a variance are refused by a word about weights", async () => {
    const small = X.map((row) => row.map((x) => x * 1e-140));
    await expect(new GaussianMixture().fit(small, { sampleWeight: X.map(() => 1e-100) })).rejects.toMatchObject({
      code: "not-finite",
      message: expect.stringContaining("Rescale the weights or the column") as string,
    });
  });

  it("that differ so much that rows do not see each other are refused as weights, since no start was given", async () => {
    const sampleWeight = [1e80, 1e-68, 1e-178, 1e-156, 1e97, 1e-155, 1e165, 1e-36];
    // Without a floor; with one the components are as wide as a step, and rows see each other.
    const options = { nComponents: 3, covarianceType: "tied-diag", randomState: 7, regCovar: 0 } as const;
    await expect(
      new BayesianGaussianMixture(options).fit([[-1], [1], [0], [1], [0], [2], [-1], [0]], { sampleWeight }),
    ).rejects.toMatchObject({
      code: "invalid-weight",
      message: expect.stringContaining("weighs next to nothing") as string,
    });
  });
});

describe("a row of weight 0", () => {
  it.each([1e77, 1e154, 1e200, 1.7e308])("counts for nothing at %d", async (far) => {
    const rows = [...X, [far, -far], [-far, far]];
    const sampleWeight = rows.map((_, i) => (i < X.length ? 1 : 0));
    const given = [
      [0, 0],
      [8, 0],
    ];
    for (const covarianceType of covarianceTypes) {
      const options = { nComponents: 2, covarianceType, meansInit: given };
      expect((await new GaussianMixture(options).fit(rows, { sampleWeight })).means).toEqual(
        (await new GaussianMixture(options).fit(X)).means,
      );
      const posterior = await new BayesianGaussianMixture(options).fit(rows, { sampleWeight });
      expect(posterior.means).toEqual((await new BayesianGaussianMixture(options).fit(X)).means);
    }
    const clusters = await new KMeans({ nClusters: 2, init: given }).fit(rows, { sampleWeight });
    expect(clusters.clusterCenters).toEqual((await new KMeans({ nClusters: 2, init: given }).fit(X)).clusterCenters);
  });
});

it("saves no negative zero: clusters without inertia answer alike before and after", async () => {
  const rows = [[3e6], [3e6], [3e6]];
  const model = await new KMeans({ nClusters: 1 }).fit(rows);

  expect(Object.is(model.inertia, 0)).toBe(true);
  expect(Object.is(await model.score(rows), 0)).toBe(true);
  expect(model.trace.lowerBounds.every((bound) => Object.is(bound, 0))).toBe(true);
});

describe("what a saved model says of its training rows", () => {
  const damaged: readonly (readonly [string, Record<string, unknown>])[] = [
    ["a weight of 0", { weight: 0 }],
    ["a negative weight", { weight: -60 }],
    ["a weight beyond those of fits", { weight: 1.7e308 }],
    ["a likelihood beyond sums of criteria", { logLikelihood: 1e308, classificationLogLikelihood: -1e308 }],
    ["a bound beyond sums of criteria", { lowerBound: -1.7e308 }],
    ["less than no occupied component", { occupied: -1 }],
  ];

  it.each(damaged)("is refused where it cannot be: %s", async (_, change) => {
    for (const estimator of [
      new GaussianMixture({ nComponents: 2, randomState: 1 }),
      new BayesianGaussianMixture({ nComponents: 2, randomState: 1 }),
    ]) {
      const { training, ...json } = (await estimator.fit(X)).toJSON() as unknown as { training: Record<string, number> };
      if (!Object.keys(change).every((key) => key in training)) continue;
      const load = (): unknown =>
        (estimator instanceof GaussianMixture ? GaussianMixture : BayesianGaussianMixture).load({
          ...json,
          training: { ...training, ...change },
        });

      expect(load).toThrow(expect.objectContaining({ code: "invalid-model" }));
    }
  });

  it.each(["weightConcentration", "meanPrecision", "degreesOfFreedom"])("is refused where a prior overflows: %s", async (key) => {
    const json = (await new BayesianGaussianMixture({ nComponents: 2, randomState: 1 }).fit(X)).toJSON() as unknown as { prior: object };

    expect(() => BayesianGaussianMixture.load({ ...json, prior: { ...json.prior, [key]: 1.7e308 } })).toThrow(
      expect.objectContaining({ code: "invalid-model" }),
    );
  });
});
