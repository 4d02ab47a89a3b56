import { matrix } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { createEllipse, flooredEllipse } from "../src/internal.ts";
import { FLAT_FRACTION } from "../src/gaussian/ellipse.ts";
import { EmpiricalCovariance, LedoitWolf } from "../src/index.ts";

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("distances where the covariance is singular", () => {
  // About the mean of their own covariance, squared distances average to its rank, whatever the data.
  it.each([
    ["glass", 9],
    ["digits", 61], // 3 of 64 features are constant
    ["octane", 38], // 39 rows
  ])("average to the rank over the rows: %s", async (name, rank) => {
    const { rows } = loadData(name);

    const distances = await (await new EmpiricalCovariance().fit(rows)).mahalanobis(rows);

    // The floor is 1e-12 of the variances, and the smallest spread of octane is a millionth of them: it counts for a millionth less.
    expect(Math.abs(mean(distances) - rank)).toBeLessThan(1e-6 * rank);
  });

  it("are those without the feature that follows from the others, for rows like the training rows", async () => {
    const { rows } = loadData("iris");
    const total = rows.map((row) => [...row, row.reduce((sum, value) => sum + value, 0)]);

    const found = await (await new EmpiricalCovariance().fit(total)).mahalanobis(total);

    const right = await (await new EmpiricalCovariance().fit(rows)).mahalanobis(rows);
    // 1e-12 of the variances beside the smallest spread of iris, some 1e-3 of them.
    found.forEach((value, i) => expect(Math.abs(value - right[i]!)).toBeLessThan(1e-7 * right[i]!));
  });

  it("are huge off the hyperplane, and finite", async () => {
    const rows = loadData("iris").rows.map((row) => [...row, 5]);
    const model = await new EmpiricalCovariance().fit(rows);

    const there = model.point.squaredMahalanobis(rows[0]!);
    const off = model.point.squaredMahalanobis([...rows[0]!.slice(0, 4), 6]);

    expect(there).toBeLessThan(10);
    // One unit in a feature without spread, in units of the mean variance of the others.
    expect(off).toBeGreaterThan(1e11);
    expect(off).toBeLessThan(1e14);
  });

  it("leave the covariance as defined, with a floor next to it that the JSON holds", async () => {
    const rows = loadData("iris").rows.map((row) => [...row, 5]);
    const model = await new EmpiricalCovariance().fit(rows);
    const { data } = model.covariance;

    expect([4, 9, 14, 19, 24].map((at) => data[at])).toEqual([0, 0, 0, 0, 0]);
    const { floor } = model.toJSON() as unknown as { floor: number[] };
    // Features that have spread keep it as it is.
    expect(floor.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(floor[4]! / FLAT_FRACTION).toBeCloseTo(mean([0, 6, 12, 18].map((at) => data[at]!)), 12);
  });

  it("do not depend on units", async () => {
    const { rows } = loadData("octane");
    const units = rows[0]!.map((_, j) => 10 ** ((j % 7) - 3));
    const scaled = rows.map((row) => row.map((value, j) => value * units[j]!));

    const found = await (await new EmpiricalCovariance().fit(scaled)).mahalanobis(scaled);

    const right = await (await new EmpiricalCovariance().fit(rows)).mahalanobis(rows);
    // Rounding of the covariance, 1e-16, shows beside the floor of 1e-12.
    found.forEach((value, i) => expect(Math.abs(value - right[i]!)).toBeLessThan(1e-3 * right[i]!));
  });
});

describe("a floor", () => {
  it("is not given to what stands by itself", () => {
    const sound = { location: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0.99999, 0.99999, 1) };
    expect(flooredEllipse(sound, Float64Array.of(1, 1)).floor).toBeUndefined();
  });

  it("is given to what has a factor made of rounding errors", () => {
    const nearly = 1 - 2 ** -50;
    const parts = { location: Float64Array.of(0, 0), covariance: Float64Array.of(1, nearly, nearly, 1) };
    expect(createEllipse(parts)).toBeDefined();
    expect(flooredEllipse(parts, Float64Array.of(1, 1)).floor).toEqual(Float64Array.of(FLAT_FRACTION, FLAT_FRACTION));
  });

  it("is raised until even a matrix that is no covariance stands", () => {
    const parts = { location: Float64Array.of(0, 0), covariance: Float64Array.of(1, 1 + 1e-6, 1 + 1e-6, 1) };
    expect(flooredEllipse(parts, Float64Array.of(1, 1)).floor![0]).toBeCloseTo(1e-5, 12);
  });
});

it("a single row, many equal rows and a single constant feature make models that answer", async () => {
  for (const rows of [[[1, 2, 3]], Array.from({ length: 50 }, () => [1, 2, 3]), [[4], [4]]]) {
    const model = await new LedoitWolf().fit(rows);
    expect(await model.mahalanobis(rows)).toEqual(new Float64Array(rows.length));
    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(rows[0]!.map(() => "constant-feature"));
    expect(Number.isFinite(model.point.logDensity(rows[0]!))).toBe(true);
  }
});

it("a constant feature is reported although shrinking gave it spread", async () => {
  const X = matrix(Float64Array.from(loadData("digits").rows.flat()), 1797, 64);

  const { trace } = await new LedoitWolf().fit(X);

  expect(
    trace.diagnostics.filter(({ code }) => code === "constant-feature").map(({ code, detail }) => [code, detail?.["feature"]]),
  ).toEqual([0, 32, 39].map((j) => ["constant-feature", j]));
});
