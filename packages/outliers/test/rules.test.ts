// Rules of thresholds and detectors, each tried just inside and just outside of where it ends.
import { matrix, MixturaError } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { BayesianGaussianMixture, GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { MixtureDetector, RefitOnInliers, selectByFDR } from "../src/index.ts";
import { adjusted } from "../src/detector/adjusted.ts";
import { gapThreshold } from "../src/threshold/gap.ts";

const ascending = (values: readonly number[]) => ({
  values: Float64Array.from(values),
  weights: new Float64Array(values.length).fill(1),
});

describe("the gap rule", () => {
  /** Half of the scores far below the others, which lie a unit apart. */
  const halves = (count: number): number[] => {
    const low = Math.floor(count / 2);
    return Array.from({ length: count }, (_, i) => (i < low ? i - 1e6 : i));
  };

  const gap = (values: readonly number[]): Promise<number> => gapThreshold(ascending(values), 0.5, createPace());

  it("needs five spacings beyond the fraction to know the usual ones, and finds no gap with four", async () => {
    // Nine tenths of 13 rows hold eleven spacings and six of those lie within the half; of 12 rows ten and six.
    expect(await gap(halves(13))).toBeCloseTo((halves(13)[5]! + halves(13)[6]!) / 2, 9);
    expect(await gap(halves(12))).toBe(halves(12)[0]);
  });

  it("looks at scores up to nine tenths of the rows, and not beyond", async () => {
    const scores = halves(40);
    const moved = (from: number) => scores.map((score, i) => (i < from ? score : score + 1e9));
    const threshold = await gap(scores);

    expect(threshold).toBeCloseTo((scores[19]! + scores[20]!) / 2, 9);
    // A gap above the 36 lowest of 40 is the last that makes spacings wide; then no gap among the lowest is wide beside them.
    expect(await gap(moved(36))).toBe(scores[0]);
    expect(await gap(moved(37))).toBe(threshold);
  });
});

describe("Benjamini and Hochberg's procedure", () => {
  it("takes a p-value that equals the rate times the fraction of its rank, and none above", () => {
    expect([...selectByFDR([0.25, 0.5, 0.75, 1], 0.25).rows]).toEqual([]);
    expect([...selectByFDR([0.0625, 0.5, 0.75, 1], 0.25).rows]).toEqual([0]);
    expect([...selectByFDR([0.125, 0.125, 0.75, 1], 0.25).rows]).toEqual([0, 1]);
    expect([...selectByFDR([0.125, 0.125 + 2 ** -50, 0.75, 1], 0.25).rows]).toEqual([]);
  });
});

describe("squared distances from one centre", () => {
  const random = createRandom(6);
  const X = matrix(
    Float64Array.from({ length: 200 }, () => random.normal()),
    100,
    2,
  );
  const cleaned = (estimator: GaussianMixture | BayesianGaussianMixture) =>
    new RefitOnInliers({ estimator, rule: { chiSquare: 0.99 }, rounds: 1, randomState: 1 }).fit(X);

  it("are those of a single Gaussian, and of no other mixture: not of two, nor of a posterior, which need not be Gaussian", async () => {
    await expect(cleaned(new GaussianMixture({ nComponents: 1 }))).resolves.toMatchObject({ type: "RefitOnInliers" });
    for (const estimator of [new GaussianMixture({ nComponents: 2 }), new BayesianGaussianMixture({ nComponents: 1 })])
      await expect(cleaned(estimator)).rejects.toMatchObject({
        code: "invalid-option",
        message: expect.stringMatching(/squared distances from one centre/) as string,
      });
  });
});

describe("an option that is set where an estimator has it", () => {
  const refusing = (error: Error) => {
    const estimator = {
      type: "Refusing",
      options: {},
      fit: () => Promise.reject(new Error("not called")),
      with(): never {
        throw error;
      },
    };
    return () => adjusted(estimator, { randomState: 1 });
  };

  it("is left out where it does not, and an error where it has other values", () => {
    const unknown = new MixturaError("unknown-option", "no such option", { option: "randomState", known: [] });
    const invalid = new MixturaError("invalid-option", "no such value", { option: "randomState", found: 1 });
    expect(refusing(unknown)()).toMatchObject({ type: "Refusing" });
    expect(refusing(invalid)).toThrow(invalid);
    expect(adjusted(new GaussianMixture(), { randomState: 1 }).options).toMatchObject({ randomState: 1 });
  });
});

describe("a model file with calibration scores", () => {
  it("has enough of them for its rate: that of rank 1", async () => {
    const random = createRandom(7);
    const X = matrix(
      Float64Array.from({ length: 60 }, () => random.normal()),
      60,
      1,
    );
    const model = await new MixtureDetector({ nComponents: 1, novelty: true, threshold: { fpr: 0.25 }, randomState: 1 }).fit(X);
    const load = (calibration: number[]) =>
      MixtureDetector.load({ ...model.toJSON(), threshold: { rule: { fpr: 0.25 }, value: -9 }, calibration });

    expect(load([-9, -8, -7]).threshold).toBe(-9);
    expect(() => load([-9, -8])).toThrow(/enough scores for a rate of 0\.25/);
  });
});
