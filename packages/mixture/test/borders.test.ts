// Rules that a fit follows, each tried just inside and just outside of where it ends.
import { referenceBackend } from "@mixtura/backend";
import { createRandom } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import type { CovarianceType } from "../src/index.ts";
import { GaussianMixture } from "../src/index.ts";

/** Normal numbers with mean 0 and variance 1, exactly but for rounding. */
function standardised(count: number, seed: number): number[] {
  const random = createRandom(seed);
  const values = Array.from({ length: count }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}

const codes = ({ trace }: { trace: { diagnostics: readonly { code: string }[] } }): string[] => trace.diagnostics.map(({ code }) => code);

describe("a component whose smallest variance is near the regularisation is degenerate", () => {
  const FLOOR = 1e-4;
  const count = 60;
  const [wide, narrow] = [standardised(count, 1), standardised(count, 2)];
  const across = standardised(count, 3);

  /** Two groups far apart, the second of which has `variance` in one direction: along a feature, or across two. */
  function groups(features: number, variance: number, turned: boolean): number[][] {
    const [cosine, sine] = turned ? [0.8, 0.6] : [1, 0];
    const place = (u: number, v: number): number[] => (features === 1 ? [u] : [cosine * u - sine * v, sine * u + cosine * v]);
    return [
      ...wide.map((value, i) => place(value, across[i]!)),
      ...narrow.map((value, i) => place(100 + Math.sqrt(variance) * value, across[(i + 7) % count]!)),
    ];
  }

  /** What is fitted has the group's variance and the regularisation that is added to it. */
  it.each<[CovarianceType, number, boolean]>([
    ["full", 1, false],
    ["diag", 1, false],
    ["spherical", 1, false],
    ["full", 2, false],
    ["full", 2, true],
    ["diag", 2, false],
  ])("below ten times it, and not above: %s covariance, %i feature(s), turned: %s", async (covarianceType, features, turned) => {
    const labelsInit = Int32Array.from({ length: 2 * count }, (_, row) => Number(row >= count));
    const fit = (inFloors: number) =>
      new GaussianMixture({ nComponents: 2, covarianceType, labelsInit, regCovar: FLOOR }).fit(
        groups(features, (inFloors - 1) * FLOOR, turned),
      );

    expect((await fit(9.7)).degenerateComponents).toEqual([1]);
    expect((await fit(10.3)).degenerateComponents).toEqual([]);
  });

  it("but a regularisation above a ten-thousandth of the feature's variance is a choice of scale, judged by that share", async () => {
    // Two groups 100 apart, with the variances 9 and about 1.5 within: ten times a ten-thousandth of 2 505 is 2.505.
    const labelsInit = Int32Array.from({ length: 2 * count }, (_, row) => Number(row >= count));
    const fit = (variance: number) => {
      const rows = [...wide.map((value) => [3 * value]), ...narrow.map((value) => [100 + Math.sqrt(variance - 1) * value])];
      return new GaussianMixture({ nComponents: 2, labelsInit, regCovar: 1 }).fit(rows);
    };

    expect((await fit(2.45)).degenerateComponents).toEqual([1]);
    expect((await fit(2.55)).degenerateComponents).toEqual([]);
  });
});

describe("a component is degenerate", () => {
  const labelsOf = (first: number, second: number) => Int32Array.from({ length: first + second }, (_, row) => Number(row >= first));

  it("where its variance is less than what rounding to steps makes, 1/12 of a squared step, and not above", async () => {
    // Whole numbers: those about 0 spread over some steps; of 500 others all are 100 but a few, which makes a variance of p(1 − p).
    const about = Array.from({ length: 100 }, (_, i) => [(i % 9) - 4]);
    const fit = (others: number) =>
      new GaussianMixture({ nComponents: 2, labelsInit: labelsOf(100, 500), regCovar: 0 }).fit([
        ...about,
        ...Array.from({ length: 500 }, (_, i) => [i < others ? 101 : 100]),
      ]);

    expect((await fit(45)).degenerateComponents).toEqual([1]); // 0.0819
    expect((await fit(47)).degenerateComponents).toEqual([]); // 0.0852
  });

  it("where it holds less than one row, and not above", async () => {
    const [near, far] = [standardised(60, 4), standardised(60, 5)];
    const X = [...near.map((value) => [value]), ...far.map((value) => [100 + value])];
    const fit = (mass: number) =>
      new GaussianMixture({ nComponents: 2, labelsInit: labelsOf(60, 60) }).fit(X, {
        sampleWeight: X.map((_, row) => (row < 60 ? 1 : mass / 60)),
      });

    expect((await fit(0.98)).degenerateComponents).toEqual([1]);
    expect((await fit(1.02)).degenerateComponents).toEqual([]);
  });
});

describe("a covariance that is not positive definite", () => {
  it("is lifted to a millionth of the feature's variance", async () => {
    const near = standardised(60, 6).map((value) => [value]);
    const X = [...near, ...near.map(() => [1000])];
    const labelsInit = Int32Array.from(X, (_, row) => Number(row >= 60));

    const model = await new GaussianMixture({ nComponents: 2, labelsInit, regCovar: 0, maxIter: 1 }).fit(X);

    // Half of the rows with variance 1 about 0, half at 1000.
    const overall = 0.5 + 500 ** 2;
    expect(codes(model)).toContain("floored-covariance");
    expect(Math.abs(model.covariance(1).data[0]! / overall / 1e-6 - 1)).toBeLessThan(1e-9);
  });
});

describe("a mean that moves far", () => {
  it("has its scatter taken again beyond a thousand standard deviations, and not below", async () => {
    let passes = 0;
    const backend: typeof referenceBackend = {
      ...referenceBackend,
      kernels: {
        ...referenceBackend.kernels,
        expectation(...call) {
          passes++;
          return referenceBackend.kernels.expectation(...call);
        },
      },
    };
    const X = standardised(200, 7).map((value) => [value]);
    const passesFrom = async (mean: number): Promise<number> => {
      passes = 0;
      const start = { weightsInit: [1], meansInit: [[mean]], precisionsInit: [[[1]]] };
      await new GaussianMixture({ nComponents: 1, ...start, regCovar: 0, maxIter: 1, backend }).fit(X);
      return passes;
    };

    expect((await passesFrom(1003)) - (await passesFrom(997))).toBe(1);
  });
});

describe("a component holds no rows", () => {
  /** A component far out, whose mass after one map is the given share of all. */
  async function withMass(share: number) {
    const X = Array.from({ length: 41 }, (_, i) => [(i - 20) / 20]);
    const away = 6;
    const ratio = X.reduce((sum, [x]) => sum + Math.exp(away * x! - away ** 2 / 2), 0) / X.length;
    const weight = share / ratio; // of so small a weight the shares of rows are in proportion
    return new GaussianMixture({
      nComponents: 2,
      weightsInit: [1 - weight, weight],
      meansInit: [[0], [away]],
      precisionsInit: [[[1]], [[1]]],
      maxIter: 1,
    }).fit(X);
  }

  it("where its mass cannot be told from rounding, below 2⁻⁵³ of all, and is put elsewhere; above, it stays", async () => {
    const [without, enough] = [await withMass(0.9 * 2 ** -53), await withMass(1.1 * 2 ** -53)];

    expect(codes(without)).toContain("reseeded-component");
    expect(codes(enough)).not.toContain("reseeded-component");
    expect(without.weights[1]).toBe(0.5);
    expect(enough.weights[1]! / 2 ** -53).toBeCloseTo(1.1, 6);
  });

  it("for the fourth time when it is left empty, not before", async () => {
    // Two spikes hold all rows: beside their densities that of a component of ordinary width is rounding, wherever it is put.
    const X = Array.from({ length: 40 }, (_, i) => [i % 2]);
    const fit = (maxIter: number) =>
      new GaussianMixture({
        nComponents: 3,
        weightsInit: [0.4, 0.4, 0.2],
        meansInit: [[0], [1], [0.5]],
        precisionsInit: [[[1e40]], [[1e40]], [[1]]],
        regCovar: 1e-40,
        tol: 0,
        maxIter,
      }).fit(X);

    const found = ({ trace }: { trace: { diagnostics: readonly { code: string; component?: number; detail?: unknown }[] } }) =>
      trace.diagnostics.filter(({ code }) => code === "reseeded-component" || code === "empty-component");
    expect(found(await fit(3))).toEqual([
      expect.objectContaining({ code: "reseeded-component", component: 2, detail: { reseeds: 3, rows: expect.any(Number) as number } }),
    ]);
    expect(found(await fit(4))).toEqual([
      expect.objectContaining({ code: "empty-component", component: 2, detail: { reseeds: 3, rows: 0 } }),
    ]);
    expect(found(await fit(8))).toEqual([
      expect.objectContaining({ code: "empty-component", component: 2, detail: { reseeds: 3, rows: 0 } }),
    ]);
  });
});
