import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { ECOD } from "@mixtura/ecod";
import { loadData } from "@mixtura/fixtures";
import { KernelDensity } from "@mixtura/kernel-density";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { cleanFit, MixtureDetector, RefitOnInliers } from "../src/index.ts";

/** Two groups that a mixture knows, and a tenth of rows from all over the place. */
function planted(seed: number): { clean: Matrix; X: Matrix; truth: GaussianTruth } {
  const random = createRandom(seed);
  const groups = [
    { mean: [0, 0], load: 0.8 },
    { mean: [6, 2], load: -0.5 },
  ];
  const rows: number[] = [];
  for (let i = 0; i < 450; i++) {
    const { mean, load } = groups[i % 3 === 0 ? 1 : 0]!;
    const [a, b] = [random.normal(), random.normal()];
    rows.push(mean[0]! + a, mean[1]! + load * a + Math.sqrt(1 - load ** 2) * b);
  }
  const outliers = Array.from({ length: 100 }, () => 60 * (random.uniform() - 0.5));
  return {
    clean: matrix(Float64Array.from(rows), 450, 2),
    X: matrix(Float64Array.from([...rows, ...outliers]), 500, 2),
    truth: { weights: [2 / 3, 1 / 3], means: [0, 0, 6, 2] },
  };
}

interface GaussianTruth {
  readonly weights: readonly number[];
  readonly means: readonly number[];
}

/** The largest error of the means, components in the order of their first coordinate. */
function errorOfMeans({ means }: { readonly means: Matrix }, { means: truth }: GaussianTruth): number {
  const [first, second] = [means.data.slice(0, 2), means.data.slice(2, 4)].toSorted((a, b) => a[0]! - b[0]!);
  return Math.max(...[...first!, ...second!].map((value, at) => Math.abs(value - truth[at]!)));
}

describe("cleanFit", () => {
  it.each([1, 2, 3, 4, 5])("recovers the parameters of clean rows although a tenth of the rows is planted: seed %s", async (seed) => {
    const { clean, X, truth } = planted(seed);
    const estimator = new GaussianMixture({ nComponents: 2, randomState: seed });

    const { first, model, stable } = await cleanFit(estimator, X, { rule: { contamination: 0.1 } });
    const reference = await estimator.fit(clean);

    const [before, after, best] = [first, model, reference].map((fitted) => errorOfMeans(fitted, truth));
    expect(stable).toBe(true);
    expect(before).toBeGreaterThan(1);
    // Means of 150 and 300 rows of unit variance have standard errors up to 0.08; some planted rows lie among the clean ones.
    expect(best).toBeLessThan(0.3);
    expect(after).toBeLessThan(0.3);
  });

  it("tells which rows are gone, why, and since which round, in ascending order", async () => {
    const { X } = planted(1);

    const { model, removed, rounds, threshold } = await cleanFit(new GaussianMixture({ nComponents: 2, randomState: 1 }), X, {
      rule: { contamination: 0.1 },
    });

    const scores = await model.scoreSamples(X);
    expect(removed).toHaveLength(50);
    expect(removed.map(({ row }) => row)).toEqual([...scores.keys()].filter((row) => scores[row]! < threshold));
    expect(removed.filter(({ row }) => row >= 450).length).toBeGreaterThan(44);
    for (const { row, score, threshold: limit, round } of removed) {
      expect(score).toBe(scores[row]);
      expect(score).toBeLessThan(limit);
      expect(round).toBeGreaterThanOrEqual(1);
      expect(round).toBeLessThanOrEqual(rounds.length);
    }
    expect(rounds[0]).toMatchObject({ went: 50, returned: 0, removed: 50 });
  });

  it("fits the rest just as if the removed rows had never been there", async () => {
    const { X } = planted(2);
    const estimator = new GaussianMixture({ nComponents: 2, randomState: 5 });

    const { model, removed } = await cleanFit(estimator, X, { rule: { contamination: 0.1 } });

    const gone = new Set(removed.map(({ row }) => row));
    const kept = Array.from({ length: 500 }, (_, row) => row).filter((row) => !gone.has(row));
    const again = await estimator.fit(kept.map((row) => [...X.data.subarray(2 * row, 2 * row + 2)]));
    expect(model.means).toEqual(again.means);
  });

  it("says what changed: likelihood and BIC of the kept rows under both models, and the parameters of components that belong together", async () => {
    const { X, truth } = planted(3);

    const { first, model, removed, changes } = await cleanFit(new GaussianMixture({ nComponents: 2, randomState: 3 }), X, {
      rule: { contamination: 0.1 },
    });

    const gone = new Set(removed.map(({ row }) => row));
    const kept = Array.from({ length: 500 }, (_, row) => [...X.data.subarray(2 * row, 2 * row + 2)]).filter((_, row) => !gone.has(row));
    expect(changes.logLikelihood!.before).toBeCloseTo((await first.score(kept)) * kept.length, 6);
    expect(changes.logLikelihood!.after).toBeCloseTo(model.logLikelihood!, 6);
    expect(changes.bic!.after).toBeCloseTo(model.bic!, 6);
    expect(changes.bic!.after).toBeLessThan(changes.bic!.before);
    expect(changes.components).toHaveLength(2);
    for (const { component, mean, deviation, weight, shift, logVolumeRatio } of changes.components!) {
      expect([...mean.after]).toEqual([...model.means.data.subarray(2 * component.after, 2 * component.after + 2)]);
      expect(weight.before).toBe(first.weights[component.before]);
      expect(deviation.after[0]).toBe(Math.sqrt(model.covariance(component.after).data[0]!));
      expect(shift).toBeGreaterThan(0);
      expect(logVolumeRatio).toBeGreaterThan(0);
    }
    expect(truth.weights).toHaveLength(2);
  });

  it("treats weights as copies: in fits, in fractions, and in what changed", async () => {
    const { rows } = loadData("faithful");
    const estimator = new GaussianMixture();
    const sampleWeight = rows.map((_, row) => 1 + (row % 3));
    const copies = rows.flatMap((row, i) => Array.from({ length: sampleWeight[i]! }, () => row));

    const weighted = await cleanFit(estimator, rows, { rule: { contamination: 0.05 } }, { sampleWeight });
    const repeated = await cleanFit(estimator, copies, { rule: { contamination: 0.05 } });

    expect(weighted.removed.reduce((sum, { row }) => sum + sampleWeight[row]!, 0)).toBe(repeated.removed.length);
    // Sums over other numbers of terms round otherwise.
    expect(weighted.changes.bic!.after / repeated.changes.bic!.after).toBeCloseTo(1, 10);
    expect(weighted.threshold / repeated.threshold).toBeCloseTo(1, 10);
  });

  it.each<[string, object, number]>([
    ["a fraction", { contamination: 0.02 }, 6],
    ["a score", { score: -7 }, 1],
    ["a log-density", { logDensity: -7 }, 1],
    ["a χ² fraction, for one Gaussian", { chiSquare: 0.975 }, 3],
    ["a gap", { gap: 0.1 }, 0],
  ])("removes by any rule that has a meaning for the scores: %s", async (_, rule, least) => {
    const { rows } = loadData("faithful");

    const { removed, stable } = await cleanFit(new GaussianMixture(), rows, { rule: rule as never });

    expect(stable).toBe(true);
    expect(removed.length).toBeGreaterThanOrEqual(least);
    expect(removed.length).toBeLessThan(30);
  });

  it("by χ² removes just the rows outside of the ellipse that is said to hold the fraction", async () => {
    const { rows } = loadData("iris");

    const { model, removed } = await cleanFit(new GaussianMixture(), rows, { rule: { chiSquare: 0.975 }, rounds: 20 });

    // χ² with 4 degrees of freedom has its 0.975 quantile at 11.143286781877796 (SciPy 1.17.1).
    const most = model.point.logDensity(model.means.data);
    const distances = (await model.scoreSamples(rows)).map((score) => 2 * (most - score));
    expect(removed.map(({ row }) => row)).toEqual([...distances.keys()].filter((row) => distances[row]! > 11.143286781877796));
  });

  it("works with detectors and with estimators of other packages", async () => {
    const { rows } = loadData("faithful");

    const ecod = await cleanFit(new ECOD(), rows, { rule: { contamination: 0.04 }, rounds: 1 });
    const density = await cleanFit(new KernelDensity(), rows, { rule: { contamination: 0.04 }, rounds: 1 });
    const detector = await cleanFit(new MixtureDetector({ nComponents: [1, 2], covarianceType: "full", randomState: 1 }), rows, {
      rule: { logDensity: -8 },
    });

    expect(ecod.removed).toHaveLength(11);
    expect(ecod.changes).toEqual({});
    expect(density.changes.logLikelihood!.after).toBeGreaterThan(density.changes.logLikelihood!.before);
    expect(detector.model.threshold).toBeGreaterThan(detector.first.threshold - 1);
    expect(detector.changes.components).toHaveLength(2);
  });

  it("ends with the first rows that come again, and says that they are not stable", async () => {
    // Two rows take turns: each is extreme for the mixture that is fitted with the other one.
    const rows = [31, 29, -9, -45, 11, -7, -18, -4, -7, 10, -18].map((x) => [x]);

    const { rounds, removed, stable } = await cleanFit(
      new GaussianMixture({ nComponents: 2, randomState: 1, nInit: 1, acceleration: "none" }),
      rows,
      {
        rule: { contamination: 0.2 },
        rounds: 50,
      },
    );

    expect(stable).toBe(false);
    expect(rounds.map(({ removed: count }) => count)).toEqual([2, 2]);
    expect(removed).toHaveLength(2);
  });

  it.each<[string, object, string, RegExp]>([
    ["a false alarm rate, which needs clean rows", { rule: { fpr: 0.1 } }, "invalid-option", /"rule" must be/],
    ["no rounds", { rounds: 0 }, "invalid-option", /"rounds" must be an integer ≥ 1/],
    ["a misspelt option", { rule: { gap: 0.1 }, round: 3 }, "unknown-option", /Did you mean "rounds"/],
    ["a score that no row has", { rule: { score: 100 } }, "invalid-option", /removes every row/],
    ["χ² for a mixture of two", { rule: { chiSquare: 0.9 } }, "invalid-option", /not squared distances/],
    ["Hardin and Rocke's cutoff for a mixture", { rule: { hardinRocke: 0.9 } }, "invalid-option", /minimum covariance determinant/],
  ])("refuses %s", async (_, options, code, message) => {
    const { rows } = loadData("faithful");

    const work = cleanFit(new GaussianMixture({ nComponents: 2 }), rows, options);

    await expect(work).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it("refuses an estimator whose models score no rows, rows in blocks, and rows that are none", async () => {
    const { rows } = loadData("faithful");

    await expect(cleanFit(new KMeans({ nClusters: 2 }), rows)).rejects.toMatchObject({
      code: "not-supported",
      detail: { feature: "scoreSamples" },
    });
    await expect(cleanFit(new GaussianMixture(), { columns: 2, async *blocks() {} } as never)).rejects.toMatchObject({
      code: "not-supported",
    });
    await expect(cleanFit(new GaussianMixture(), [[Number.NaN]])).rejects.toMatchObject({ code: "not-finite" });
  });
});

describe("RefitOnInliers", () => {
  it("is cleanFit as an estimator: same rows, same threshold, same model", async () => {
    const { X } = planted(4);
    const estimator = new GaussianMixture({ nComponents: 2, randomState: 3 });
    const rule = { contamination: 0.1 };

    const cleaned = await cleanFit(estimator, X, { rule });
    const model = await new RefitOnInliers({ estimator, rule }).fit(X);

    expect([...model.removedRows]).toEqual(cleaned.removed.map(({ row }) => row));
    expect(model.threshold).toBe(cleaned.threshold);
    expect(model.first.toJSON()["means"]).toEqual(cleaned.first.toJSON()["means"]);
    expect((await model.isOutlier(X)).reduce((sum, flag) => sum + flag, 0)).toBe(50);
    expect(model.trace).toMatchObject({ converged: true, iterations: cleaned.rounds.length, seed: 3 });
  });

  it("gives every round the seed that it was given, also to an estimator without one", async () => {
    const { X } = planted(5);
    const refit = new RefitOnInliers({ estimator: new GaussianMixture({ nComponents: 2 }), randomState: 11 });

    const [one, two] = [await refit.fit(X), await refit.fit(X)];

    expect(one.model.trace.seed).toBe(11);
    expect(one.first.trace.seed).toBe(11);
    expect(one.threshold).toBe(two.threshold);
    expect((await new RefitOnInliers({ estimator: new ECOD(), randomState: 12 }).fit(X)).trace.seed).toBe(12);
  });

  it("keeps the last model that could be fitted where the rest is too few rows, and says so", async () => {
    const model = await new RefitOnInliers({
      estimator: new GaussianMixture({ nComponents: 3, randomState: 1 }),
      rule: { contamination: 0.5 },
    }).fit([[0], [0.5], [5], [20]]);

    expect(model.trace.diagnostics.map(({ code }) => code)).toContain("cleaning-stopped");
    expect(model.trace.converged).toBe(false);
  });

  it("can be calibrated on clean rows, and explains by the model inside", async () => {
    const { X, clean } = planted(6);
    const model = await new RefitOnInliers({
      estimator: new GaussianMixture({ nComponents: 2, randomState: 1 }),
      rule: { contamination: 0.1 },
    }).fit(X);

    const calibrated = await model.calibrate(clean, { fpr: 0.01 });

    expect(calibrated.rule).toEqual({ fpr: 0.01 });
    expect(calibrated.removedRows).toEqual(model.removedRows);
    const { value, expected } = await calibrated.explain([[30, 30]]);
    expect(value[0]).toBeGreaterThan(100);
    expect(expected!.data[0]).toBeLessThan(30);
  });

  it("refuses what is no estimator", () => {
    expect(() => new RefitOnInliers({ estimator: {} as never })).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => new RefitOnInliers({ rule: { fpr: 0.1 } })).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});
