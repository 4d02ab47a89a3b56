import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { plugins as kernelDensityPlugins } from "@mixtura/kernel-density";
import { GaussianMixture, KMeans, plugins } from "@mixtura/mixture";
import { crossValidate } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const random = createRandom(9);
const X = Array.from({ length: 50 }, (_, row) => [random.normal() + (row % 2) * 6, random.normal()]);
const estimator = new GaussianMixture({ nComponents: 2, covarianceType: "diag", randomState: 1 });

describe("crossValidate", () => {
  it("holds every row out once, and scores it by a model of the others", async () => {
    const { folds, mean, weight } = await crossValidate(estimator, X, { folds: 50, randomState: 3 });

    const scores = await Promise.all(
      X.map(async (row, held) => (await estimator.fit(X.filter((_, at) => at !== held))).point.logDensity(row)),
    );
    // Leaving one out is the same whatever the order of folds; sums in another order differ by rounding.
    expect(mean).toBeCloseTo(
      scores.reduce((sum, score) => sum + score / 50, 0),
      12,
    );
    expect(folds.map(({ rows }) => rows)).toEqual(Array.from({ length: 50 }, () => 1));
    expect(weight).toBe(50);
  });

  it("has the standard error of a mean where folds weigh the same", async () => {
    const { folds, mean, standardError } = await crossValidate(estimator, X, { folds: 5, randomState: 3 });

    const variance = folds.reduce((sum, { score }) => sum + (score - mean) ** 2 / 4, 0);
    expect(standardError).toBeCloseTo(Math.sqrt(variance / 5), 12);
  });

  it("has the same folds for the same seed, for any estimator, and others for another", async () => {
    const one = new GaussianMixture({ randomState: 1 });
    const [a, b, c] = [
      await crossValidate(one, X, { randomState: 3 }),
      await crossValidate(one, X, { randomState: 3 }),
      await crossValidate(one, X, { randomState: 4 }),
    ];

    expect(b).toEqual(a);
    expect(c.mean).not.toBe(a.mean);
  });

  it("leaves out rows of weight 0 and weighs the others", async () => {
    const sampleWeight = X.map((_, row) => (row < 10 ? 0 : 2));

    const weighted = await crossValidate(new GaussianMixture(), X, { folds: 40, randomState: 1 }, { sampleWeight });
    const plain = await crossValidate(new GaussianMixture(), X.slice(10), { folds: 40, randomState: 1 });

    expect(weighted.weight).toBe(80);
    expect(weighted.folds.every(({ weight, rows }) => weight === 2 && rows === 1)).toBe(true);
    // Equal weights change nothing but the last digits of sums.
    expect(weighted.mean).toBeCloseTo(plain.mean, 10);
  });

  it("takes any plugin that is a density", async () => {
    const [kde, mixture] = [
      await crossValidate(kernelDensityPlugins[0]!, X, { randomState: 1 }),
      await crossValidate(plugins[0]!, X, { randomState: 1 }),
    ];

    expect(kde.mean).toBeGreaterThan(mixture.mean - 1);
    expect(kde.folds.map(({ rows }) => rows)).toEqual(mixture.folds.map(({ rows }) => rows));
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["an estimator without a density", () => crossValidate(new KMeans({ nClusters: 2 }), X), "not-supported"],
    [
      "a plugin without a density",
      () =>
        crossValidate(
          plugins.find(({ type }) => type === "KMeans")!,
          X,
        ),
      "not-supported",
    ],
    ["no estimator", () => crossValidate({} as never, X), "invalid-option"],
    ["more folds than rows", () => crossValidate(estimator, X, { folds: 51 }), "invalid-option"],
    [
      "more folds than rows of positive weight",
      () => crossValidate(estimator, X, { folds: 5 }, { sampleWeight: X.map((_, row) => (row < 4 ? 1 : 0)) }),
      "invalid-option",
    ],
    ["an unknown option", () => crossValidate(estimator, X, { fold: 3 } as never), "unknown-option"],
    ["NaN", () => crossValidate(estimator, [[NaN]]), "not-finite"],
    ["an aborted signal", () => crossValidate(estimator, X, {}, { signal: AbortSignal.abort() }), "aborted"],
  ])("refuses %s", async (_, work, code) => {
    const error = await work().catch((reason: unknown) => reason);

    expect(isMixturaError(error) && error.code).toBe(code);
  });

  it("reports which fold is held out, and stops when it is aborted", async () => {
    const controller = new AbortController();
    const folds = new Set<number>();
    const onProgress = ({ fold }: { fold: number }): void => {
      folds.add(fold);
      if (fold === 2) controller.abort();
    };

    const error = await crossValidate(estimator, X, { randomState: 1 }, { signal: controller.signal, onProgress }).catch(
      (reason: unknown) => reason,
    );

    expect(isMixturaError(error) && error.code).toBe("aborted");
    expect([...folds]).toEqual([0, 1, 2]);
  });
});
