// Rules that a fit follows, each tried just inside and just outside of where it ends.
import { referenceBackend } from "@mixtura/backend";
import { createRandom } from "@mixtura/core/authoring";
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

  it.each<CovarianceType>(["diag", "spherical"])(
    "by the narrowest direction alone, where several are narrow: %s covariance",
    async (type) => {
      const labelsInit = Int32Array.from({ length: 2 * count }, (_, row) => Number(row >= count));
      const fit = (inFloors: number) => {
        const deviation = Math.sqrt((inFloors - 1) * FLOOR);
        const X = [
          ...wide.map((value, i) => [value, across[i]!, narrow[i]!]),
          ...narrow.map((value, i) => [100 + deviation * value, deviation * across[i]!, deviation * wide[i]!]),
        ];
        return new GaussianMixture({ nComponents: 2, covarianceType: type, labelsInit, regCovar: FLOOR }).fit(X);
      };

      expect((await fit(9.7)).degenerateComponents).toEqual([1]);
      expect((await fit(10.3)).degenerateComponents).toEqual([]); // a third of which the sum of three precisions would make
    },
  );

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

  it("but not by rounding where all values lie within a step: they are discrete, not rounded", async () => {
    // Of the first feature's whole numbers the second group has zeros but for five ones in a hundred, a variance of 0.0475; the second feature keeps
    // the groups apart. With `wide` threes the variance of all is 0.997 or 1.021 squared steps.
    const apart = standardised(200, 8);
    const fit = (wide: number) =>
      new GaussianMixture({ nComponents: 2, covarianceType: "diag", labelsInit: labelsOf(100, 100), regCovar: 0 }).fit(
        apart.map((value, row) => (row < 100 ? [row < wide ? 3 : 1, value] : [Number(row < 105), 1000 + value])),
      );

    expect((await fit(29)).degenerateComponents).toEqual([1]);
    expect((await fit(28)).degenerateComponents).toEqual([]);
  });

  it.each<[CovarianceType, number]>([
    ["full", 2],
    ["diag", 2],
    ["tied", 1],
  ])("where it holds fewer rows than a %s covariance of one feature needs, %i, and not above", async (covarianceType, needed) => {
    const [near, far] = [standardised(60, 4), standardised(60, 5)];
    const X = [...near.map((value) => [value]), ...far.map((value) => [100 + value])];
    const fit = (mass: number) =>
      new GaussianMixture({ nComponents: 2, covarianceType, labelsInit: labelsOf(60, 60) }).fit(X, {
        sampleWeight: X.map((_, row) => (row < 60 ? 1 : mass / 60)),
      });

    expect((await fit(needed - 0.02)).degenerateComponents).toEqual([1]);
    expect((await fit(needed + 0.02)).degenerateComponents).toEqual([]);
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

  it("and keeps the mean and the covariance that it had once it is left empty", async () => {
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
    const [before, after] = [await fit(4), await fit(9)];

    expect(after.weights[2]).toBe(0);
    expect(after.means.data[2]).toBe(before.means.data[2]);
    expect(after.covariance(2)).toEqual(before.covariance(2));
    expect(after.trace.diagnostics.filter(({ code, component }) => code === "floored-covariance" && component === 2)).toEqual([]);
  });

  it("under the number that it has in the model", async () => {
    // As above, but the fit's first component is the empty one, which comes last in the order of means.
    const X = Array.from({ length: 40 }, (_, i) => [i % 2]);
    const { trace } = await new GaussianMixture({
      nComponents: 3,
      weightsInit: [0.2, 0.4, 0.4],
      meansInit: [[0.5], [0], [1]],
      precisionsInit: [[[1]], [[1e40]], [[1e40]]],
      order: "means",
      regCovar: 1e-40,
      tol: 0,
      maxIter: 4,
    }).fit(X);

    expect(trace.diagnostics.filter(({ code }) => code.endsWith("ed-component") || code.startsWith("empty"))).toEqual([
      expect.objectContaining({ code: "empty-component", component: 2 }),
    ]);
  });
});

describe("the restarts of a fit", () => {
  it("begin each from random numbers of its own", async () => {
    const X = standardised(50, 13).map((value, i) => [value + 3 * (i % 2)]);
    const bounds = new Set<number>();
    const steps = new GaussianMixture({ nComponents: 2, initParams: "random", nInit: 5, maxIter: 1, randomState: 1 }).steps(X);
    for await (const { bound } of steps) bounds.add(bound);

    expect(bounds.size).toBe(5);
  });

  it("are one where labels or means leave nothing to chance, and as many as were asked for where weights alone are given", async () => {
    const X = standardised(50, 14).map((value, i) => [value + 3 * (i % 2)]);
    const restarts = async (start: object) =>
      (await new GaussianMixture({ nComponents: 2, nInit: 3, randomState: 1, ...start }).fit(X)).trace.restarts.length;

    expect(await restarts({ labelsInit: X.map((_, i) => i % 2) })).toBe(1);
    expect(await restarts({ meansInit: [[0], [3]] })).toBe(1);
    expect(await restarts({ weightsInit: [0.5, 0.5] })).toBe(3);
  });

  it("take turns in how distances are measured: for spherical covariances in the data's own units the second time", async () => {
    // Two tight groups in a feature of width 1; the other one is a thousand times as wide and has no groups.
    const places = standardised(100, 15);
    const X = places.map((value, i) => [(i % 2) + 0.01 * value, 20 * (i - 49.5)]);
    const apart = async (randomState: number) => {
      const options = { nComponents: 2, covarianceType: "spherical", nInit: 2, maxIter: 1, randomState } as const;
      const { trace } = await new GaussianMixture(options).fit(X);
      return trace.restarts.map(({ parameters }) => {
        const { means } = parameters as { readonly means: readonly number[] };
        return Math.abs(means[3]! - means[1]!);
      });
    };
    const found = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(apart));

    // In the wide feature the groups are 20 apart, its halves some 1000. Of standardised features either may be halved first.
    expect(found.filter(([first]) => first! < 100).length).toBeGreaterThan(0);
    for (const [, second] of found) expect(second).toBeGreaterThan(500);
  });

  it("that end equally high leave the first one the best", async () => {
    // Far apart, so that every start is the same partition, and no row has a part in the other group.
    const X = [0, 100].flatMap((centre) => standardised(50, 9).map((value) => [centre + value]));
    const { trace } = await new GaussianMixture({ nComponents: 2, nInit: 3, randomState: 1 }).fit(X);

    expect(new Set(trace.restarts.map(({ score }) => score)).size).toBe(1);
    expect(trace.restarts.map(({ chosen }) => chosen)).toEqual([true, false, false]);
  });

  it("that are degenerate are set aside where they end higher, not where they end lower anyway", async () => {
    // Two groups and three equal rows. A component on these alone leaves the groups to one wide component, which is worse than two; a spike of
    // next to no width makes up for that.
    const [near, far] = [standardised(50, 10), standardised(50, 11)];
    const X = [...near.map((value) => [value]), ...far.map((value) => [20 + value]), [60], [60], [60]];
    const fit = (relative: number) =>
      new GaussianMixture({
        nComponents: 2,
        initParams: "random_from_data",
        regCovar: { relative },
        nInit: 60,
        maxIter: 30,
        randomState: 1,
      }).fit(X);

    for (const [relative, higher] of [
      [1e-6, false],
      [1e-40, true],
    ] as const) {
      const { trace } = await fit(relative);
      const best = trace.restarts.find(({ chosen }) => chosen)!;
      const degenerate = trace.restarts.filter((restart) => restart.degenerate);
      const above = degenerate.filter(({ score }) => score > best.score).length;
      expect([best.degenerate, degenerate.length > 0, above > 0]).toEqual([false, true, higher]);
      const said = trace.diagnostics.filter(({ code }) => code === "degenerate-restart-set-aside");
      expect(said.map(({ detail }) => detail)).toEqual(higher ? [{ restarts: above }] : []);
    }
  });

  it("are not said to have stopped early where they were asked never to stop by themselves", async () => {
    const X = standardised(50, 12).map((value, i) => [value + 3 * (i % 2)]);
    const fit = (tol: number) => new GaussianMixture({ nComponents: 2, tol, maxIter: 3, randomState: 1 }).fit(X);

    expect(codes(await fit(1e-12))).toContain("not-converged");
    expect(codes(await fit(0))).not.toContain("not-converged");
  });
});
