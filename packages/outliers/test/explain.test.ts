import { ECOD } from "@mixtura/ecod";
import { loadData } from "@mixtura/fixtures";
import { KernelDensity } from "@mixtura/kernel-density";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import type { Explanation, FittedMixtureDetector } from "../src/index.ts";
import { explanationMethods } from "../src/internal.ts";
import { MixtureDetector, reason } from "../src/index.ts";
import { references } from "./reference.ts";

const judging = (mixture: GaussianMixture | object, X: readonly (readonly number[])[]): Promise<FittedMixtureDetector> =>
  new MixtureDetector({ mixture: mixture as never }).fit(X);

function rowsOf({ contributions: { data, rows, columns } }: Explanation): number[][] {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)]);
}

function expectNear(found: ArrayLike<number>, right: readonly number[], tolerance: number, scale = 0): void {
  expect(found.length).toBe(right.length);
  right.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(value), scale)));
}

describe.each(references)("on $name", ({ reference, rows, mixture }) => {
  it("fractions, expectations and deviations are those of NumPy and SciPy, by definition and with explicit inverses", async () => {
    const model = await judging(mixture, rows);

    const shapley = await model.explain(reference.points);
    const corrMax = await model.explain(reference.points, { method: "corr-max" });

    const d = rows[0]!.length;
    reference.explanations.forEach((right, i) => {
      // Correlations up to 0.998 (crabs): condition numbers of some 1e4, in an explicit inverse that is used twice.
      const tolerance = 1e-10;
      expectNear([shapley.value[i]!, corrMax.value[i]!], [right.value, right.value], tolerance);
      expectNear(shapley.contributions.data.subarray(i * d, (i + 1) * d), right.shapley, tolerance, right.value);
      expectNear(corrMax.contributions.data.subarray(i * d, (i + 1) * d), right.corrMax, tolerance, right.value);
      expectNear(shapley.expected!.data.subarray(i * d, (i + 1) * d), right.expected, tolerance);
      expectNear(shapley.deviation!.data.subarray(i * d, (i + 1) * d), right.deviation, tolerance);
      const surprise = right.expected.map((mean, j) => (reference.points[i]![j]! - mean) / right.deviation[j]!);
      expectNear(shapley.surprise!.data.subarray(i * d, (i + 1) * d), surprise, tolerance, 1);
    });
  });

  it.each(explanationMethods)("contributions sum to the value, for rows near and far: %s", async (method) => {
    const model = await judging(mixture, rows);
    const far = rows.map((row, i) => row.map((value, j) => value * (1 + ((i * 7 + j * 3) % 11))));

    const explanation = await model.explain([...rows, ...far], { method });

    rowsOf(explanation).forEach((contributions, i) => {
      const sum = contributions.reduce((total, value) => total + value, 0);
      expect(Math.abs(sum - explanation.value[i]!)).toBeLessThanOrEqual(1e-9 * explanation.value[i]!);
    });
  });
});

describe("an explanation", () => {
  const single = GaussianMixture.fromParameters({
    weights: [1],
    means: [[0, 0]],
    covariances: [
      [
        [1, 0.9],
        [0.9, 1],
      ],
    ],
  });

  it("by corr-max never takes from a feature, where Shapley values may", async () => {
    const model = await judging(single, [[0, 0]]);

    const [shapley, corrMax] = [await model.explain([[3, 1]]), await model.explain([[3, 1]], { method: "corr-max" })];

    expect(shapley.contributions.data[1]).toBeLessThan(0);
    expect(Math.min(...corrMax.contributions.data)).toBeGreaterThanOrEqual(0);
    expect(corrMax.value).toEqual(shapley.value);
  });

  it("sums to its value although the features are nearly the same", async () => {
    const covariance = [
      [1, 1 - 1e-12],
      [1 - 1e-12, 1],
    ];
    const mixture = GaussianMixture.fromParameters({ weights: [1], means: [[0, 0]], covariances: [covariance] });
    const model = await judging(mixture, [[0, 0]]);

    const { value, contributions } = await model.explain([[1, -2]], { method: "corr-max" });

    // The rotation is orthogonal to rounding whatever the condition of the covariance, which is 1e12 here.
    expect(Math.abs(contributions.data[0]! + contributions.data[1]! - value[0]!) / value[0]!).toBeLessThan(1e-14);
  });

  it("of one Gaussian expects what a regression on the other features predicts", async () => {
    const model = await judging(single, [[0, 0]]);

    const { expected, deviation, surprise } = await model.explain([[2, 1]]);

    expect([...expected!.data].map((value) => value.toFixed(12))).toEqual(["0.900000000000", "1.800000000000"]);
    expect([...deviation!.data].map((value) => value.toFixed(12))).toEqual([Math.sqrt(0.19).toFixed(12), Math.sqrt(0.19).toFixed(12)]);
    expect([...surprise!.data].map((value) => value.toFixed(10))).toEqual([
      (1.1 / Math.sqrt(0.19)).toFixed(10),
      (-0.8 / Math.sqrt(0.19)).toFixed(10),
    ]);
  });

  it("leaves the feature in question out when a mixture says what to expect of it", async () => {
    // The second feature alone says which group the row is of; the first one is that of the other group.
    const groups = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [10, 10],
      ],
      covariances: [1, 1],
      covarianceType: "spherical",
    });
    const model = await judging(groups, [[0, 0]]);

    const { expected, deviation } = await model.explain([[10, 0]]);

    expect(expected!.data[0]).toBeCloseTo(0, 10);
    expect(deviation!.data[0]).toBeCloseTo(1, 10);
    expect(expected!.data[1]).toBeCloseTo(10, 10);
  });

  it("names its columns as the model does, and finds them in records", async () => {
    const { rows, columns } = loadData("iris");
    const records = rows.map((row) => Object.fromEntries(row.map((value, j) => [columns[j]!, value])));
    const model = await new MixtureDetector({ nComponents: 1, covarianceType: "full" }).fit(records);

    const { contributions } = await model.explain(records.map((record) => ({ ...record, other: 1 })));

    expect(contributions.featureNames).toEqual(columns);
    await expect(model.explain(rows.map(() => ({ unknown: 1 })))).rejects.toMatchObject({ code: "feature-mismatch" });
  });

  it("of ECOD is ECOD's own; of a kernel density there is none", async () => {
    const { rows } = loadData("faithful");
    const ecod = await new ECOD().fit(rows);
    const model = await judging(ecod, rows);

    const { method, value, contributions } = await model.explain(rows.slice(0, 3));

    expect(method).toBe("own");
    expect(contributions.data).toEqual((await ecod.explain(rows.slice(0, 3))).data);
    (await ecod.scoreSamples(rows.slice(0, 3))).forEach((score, i) => expect(value[i]).toBe(-score));
    const density = await judging(await new KernelDensity().fit(rows), rows);
    await expect(density.explain(rows)).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/KernelDensity/) as string,
    });
  });

  it("refuses an unknown method", async () => {
    const model = await judging(single, [[0, 0]]);

    await expect(model.explain([[0, 0]], { method: "lime" as never })).rejects.toMatchObject({
      code: "invalid-option",
      detail: { option: "method" },
    });
  });

  it("yields to the event loop and stops when it is aborted", async () => {
    const model = await judging(single, [[0, 0]]);
    const many = Array.from({ length: 200_000 }, (_, i) => [i % 7, i % 5]);

    const work = model.explain(many, { signal: AbortSignal.timeout(1) });

    await expect(work).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a reason", () => {
  const mixture = GaussianMixture.fromParameters({
    weights: [1],
    means: [[41, 120, 0.002]],
    covariances: [[9, 400, 1e-8]],
    covarianceType: "diag",
  });

  it("names the features that add most, with as many digits as the deviation has", async () => {
    const explanation = await (await judging(mixture, [[41, 120, 0.002]])).explain([[97, 150, 0.0021]]);

    expect(reason(explanation, 0, { featureNames: ["pressure", "pulse", "rate"], features: 2 })).toBe(
      "pressure: expected 41.0 ± 3.0, saw 97.0 (348.4 of 351.7); pulse: expected 120 ± 20, saw 150 (2.3 of 351.7)",
    );
    expect(reason(explanation, 0)).toMatch(/^feature 0: .*feature 2: expected 0\.00200 ± 0\.00010, saw 0\.00210 \(1\.0 of 351\.7\)$/);
  });

  it("is refused for rows and names that are not there", async () => {
    const explanation = await (await judging(mixture, [[41, 120, 0.002]])).explain([[97, 150, 0.0021]]);

    expect(() => reason(explanation, 1)).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => reason(explanation, 0, { featureNames: ["a"] })).toThrow(expect.objectContaining({ code: "invalid-shape" }));
  });
});
