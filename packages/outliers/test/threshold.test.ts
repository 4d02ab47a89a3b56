import { createPace, createRandom } from "@mixtura/core/authoring";
import { ECOD } from "@mixtura/ecod";
import { loadData } from "@mixtura/fixtures";
import { KernelDensity } from "@mixtura/kernel-density";
import { BayesianGaussianMixture, GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import type { MixtureDetectorOptions } from "../src/index.ts";
import { calibrationRowsNeeded, MixtureDetector, selectByFDR } from "../src/index.ts";
import { gapThreshold } from "../src/threshold/gap.ts";
import { references } from "./reference.ts";

describe.each(references)("on $name", ({ reference, rows, mixture }) => {
  it.each(reference.quantiles)(
    "{ contamination: $contamination } is NumPy's quantile of the training scores",
    async ({ contamination, threshold, outliers }) => {
      const model = await new MixtureDetector({ mixture, threshold: { contamination } }).fit(rows);

      const flags = await model.isOutlier(rows);

      // Log-densities are sums of some squares; the two programs round them differently.
      expect(Math.abs(model.threshold - threshold)).toBeLessThan(1e-11 * Math.abs(threshold));
      expect([...flags.keys()].filter((row) => flags[row] === 1)).toEqual(outliers);
    },
  );

  it("p-values are those of SciPy's ranks, and so are the rows that Benjamini and Hochberg select", async () => {
    const clean = rows.filter((_, row) => row % 3 === 0);
    const model = await new MixtureDetector({ mixture, novelty: true, threshold: { fpr: 0.1 } }).fit(clean);

    const pValues = await model.pValues(rows.filter((_, row) => row % 3 === 1));

    expect([...pValues]).toEqual(reference.conformal.pValues.map((p) => expect.closeTo(p, 14) as number));
    for (const { rate, rows: right } of reference.conformal.selected) expect([...selectByFDR(pValues, rate).rows]).toEqual(right);
  });
});

describe("a threshold", () => {
  const { rows } = loadData("faithful");

  it("of a false alarm rate is the calibration score of rank ⌊α(n+1)⌋, and flags what p-values of at most α flag", async () => {
    const fpr = 0.29; // 0.29 × 100 is 28.999999999999996 in doubles
    const model = await new MixtureDetector({
      nComponents: 2,
      covarianceType: "full",
      novelty: true,
      threshold: { fpr },
      calibrationFraction: 99 / 272,
      randomState: 4,
    }).fit(rows);

    const scores = model.calibrationScores!;
    const [flags, pValues] = [await model.isOutlier(rows), await model.pValues(rows)];

    expect(scores.length).toBe(99);
    expect(model.threshold).toBe(scores[28]);
    expect([...flags]).toEqual(Array.from(pValues, (p) => Number(p <= fpr)));
  });

  it.each([
    [0.05, 19],
    [0.1, 9],
    [1e-3, 999],
    [1e-4, 9999],
    [0.3, 3],
    [0.999, 1],
  ])("of a rate %s needs %s calibration rows, and says so", async (fpr, needed) => {
    expect(calibrationRowsNeeded(fpr)).toBe(needed);
    const model = await new MixtureDetector({ nComponents: 1 }).fit(rows);
    const clean = Array.from({ length: needed }, (_, i) => rows[i % rows.length]!);

    expect((await model.calibrate(clean, { fpr })).calibrationScores).toHaveLength(needed);

    if (needed === 1) return;
    const few = model.calibrate(clean.slice(1), { fpr });
    await expect(few).rejects.toMatchObject({ code: "too-few-rows", detail: { rows: needed - 1, needed } });
  });

  it("of a rate that the held-out part cannot keep fails before any fit, and says how many rows would do", async () => {
    let events = 0;
    const detector = new MixtureDetector({ nComponents: 2, novelty: true, threshold: { fpr: 1e-3 }, calibrationFraction: 0.25 });

    const fit = detector.fit(rows, { onProgress: () => events++ });

    await expect(fit).rejects.toMatchObject({ code: "too-few-rows", detail: { rows: 68, needed: 999 } });
    await expect(fit).rejects.toThrow(
      /needs 999 calibration rows, found 68, the held-out part of 272 .* 3996 rows in all.* \{ fpr: 0\.0145 \} or more/,
    );
    expect(events).toBe(0);
  });

  it("counts weights as copies when it is calibrated, and refuses those that are no whole numbers", async () => {
    const model = await new MixtureDetector({ nComponents: 1, covarianceType: "full" }).fit(rows);
    const sampleWeight = rows.map((_, row) => row % 3);
    const copies = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));

    const weighted = await model.calibrate(rows, { fpr: 0.05 }, { sampleWeight });
    const repeated = await model.calibrate(copies, { fpr: 0.05 });

    expect(weighted.threshold).toBe(repeated.threshold);
    expect(weighted.calibrationScores).toEqual(repeated.calibrationScores);
    await expect(model.calibrate(rows, { fpr: 0.05 }, { sampleWeight: rows.map(() => 0.5) })).rejects.toMatchObject({
      code: "invalid-weight",
    });
    const heavy = model.calibrate(rows, { fpr: 0.05 }, { sampleWeight: rows.map(() => 2 ** 40) });
    await expect(heavy).rejects.toMatchObject({ code: "invalid-weight" });
  });

  it("serves every density and every model that scores: a kernel density and ECOD", async () => {
    const density = await new KernelDensity().fit(rows);
    const ecod = await new ECOD({ contamination: 0.04 }).fit(rows);

    const byDensity = await new MixtureDetector({ mixture: density, threshold: { contamination: 0.04 } }).fit(rows);
    const byECOD = await new MixtureDetector({ mixture: ecod, threshold: { contamination: 0.04 } }).fit(rows);

    expect([...(await byDensity.predict(rows))].filter((label) => label === -1)).toHaveLength(11);
    expect(byECOD.threshold).toBe(ecod.threshold);
    expect(await byECOD.predict(rows)).toEqual(await ecod.predict(rows));
    expect(byDensity.point.score(rows[0]!)).toBe(density.point.logDensity(rows[0]!));
  });

  it("serves mixtures and Bayesian ones, and reads them back without plugins", async () => {
    for (const estimator of [new BayesianGaussianMixture({ nComponents: 3, randomState: 1 }), new GaussianMixture()]) {
      const mixture = await estimator.fit(rows);
      const model = await new MixtureDetector({ mixture, threshold: { contamination: 0.04 } }).fit(rows);

      const read = MixtureDetector.load(JSON.stringify(model));

      expect(read.mixture.type).toBe(mixture.type);
      expect(await read.scoreSamples(rows)).toEqual(await mixture.scoreSamples(rows));
      expect((await read.explain(rows)).value.every(Number.isFinite)).toBe(true);
    }
  });

  it("is finite where the density is 0: a kernel that does not reach", async () => {
    const density = await new KernelDensity({ kernel: "tophat", bandwidth: 0.5 }).fit(rows.slice(0, 200));
    const model = await new MixtureDetector({ mixture: density, novelty: true, threshold: { fpr: 0.5 } }).fit(rows.slice(200));

    const [decision] = await model.decisionFunction([[100, 100]]);

    expect(Number.isFinite(model.threshold) && Number.isFinite(decision)).toBe(true);
    expect(model.point.isOutlier([100, 100])).toBe((await model.predict([[100, 100]]))[0] === -1);
    expect(JSON.stringify(model)).not.toContain("null");
  });

  it.each<[string, MixtureDetectorOptions | object, string, RegExp]>([
    ["a fraction of none", { threshold: { contamination: 0 } }, "invalid-option", /contamination: a number > 0 and ≤ 0.5/],
    ["more outliers than inliers", { threshold: { contamination: 0.6 } }, "invalid-option", /"threshold" must be/],
    ["two rules at a time", { threshold: { contamination: 0.1, score: -3 } }, "invalid-option", /"threshold" must be/],
    ["no rule", { threshold: {} }, "invalid-option", /"threshold" must be/],
    [
      "a χ² fraction, which a mixture has no distances for",
      { threshold: { chiSquare: 0.975 } },
      "invalid-option",
      /found { chiSquare: 0.975 }/,
    ],
    ["Hardin and Rocke's cutoff", { threshold: { hardinRocke: 0.975 } }, "invalid-option", /found { hardinRocke: 0.975 }/],
    ["a certain false alarm", { novelty: true, threshold: { fpr: 1 } }, "invalid-option", /fpr: a number > 0 and < 1/],
    ["contamination among clean rows", { novelty: true, threshold: { contamination: 0.1 } }, "invalid-option", /clean.*Use \{ fpr \}/],
    ["a rate among rows that are not said to be clean", { threshold: { fpr: 0.1 } }, "invalid-option", /Set novelty: true/],
    ["scikit-learn's place for a rule", { contamination: 0.1 }, "unknown-option", /write threshold: \{ contamination: 0\.1 \}/],
    ["explicit starts together with a choice", { nComponents: [1, 2], meansInit: [[1]] }, "invalid-option", /one value each/],
    ["a fit of what is fitted", { mixture: references[0]!.mixture, nComponents: 3 }, "invalid-option", /"nComponents" is about a fit/],
    ["a mixture that is not fitted", { mixture: new GaussianMixture() }, "invalid-option", /"mixture" must be a fitted density/],
  ])("that makes no sense is refused by the constructor: %s", (_, options, code, message) => {
    expect(() => new MixtureDetector(options)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });

  it("of a log-density is refused where scores are none, by a rejection that names the model", async () => {
    const mixture = await new ECOD().fit(rows);

    const fit = new MixtureDetector({ mixture, threshold: { logDensity: -3 } }).fit(rows);

    await expect(fit).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringMatching(/scores of ECOD are not log-densities/) as string,
    });
  });
});

describe("the gap rule", () => {
  const scoresOf = (values: readonly number[]) => ({
    values: Float64Array.from(values).sort(),
    weights: new Float64Array(values.length).fill(1),
  });
  const exponentialTail = (seed: number, count: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => Math.log(1 - random.uniform()));
  };

  it("cuts in the gap that sets a group apart, also where the group has gaps itself", async () => {
    const outliers = [-400, -390, -200, -60, -50];
    const scores = scoresOf([...exponentialTail(1, 500), ...outliers]);

    const threshold = await gapThreshold(scores, 0.1, createPace());

    expect(scores.values.filter((score) => score < threshold)).toEqual(Float64Array.from(outliers));
  });

  it("cuts nothing on clean rows but once in a hundred times", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const scores = scoresOf(exponentialTail(seed + 10, 200));
      alarms += Number(scores.values[0]! < (await gapThreshold(scores, 0.1, createPace())));
    }

    // 1000 draws at 0.01 give 10 ± 3.1: four standard deviations.
    expect(alarms).toBeGreaterThan(0);
    expect(alarms).toBeLessThanOrEqual(22);
  });

  it("takes weights for copies, and equal scores for one", async () => {
    const values = [-50, -49, ...exponentialTail(3, 60)].toSorted((a, b) => a - b);
    const weights = values.map((_, i) => 1 + (i % 3));
    const copies = values.flatMap((value, i) => Array.from({ length: weights[i]! }, () => value));

    const weighted = await gapThreshold({ values: Float64Array.from(values), weights: Float64Array.from(weights) }, 0.1, createPace());

    expect(weighted).toBe(await gapThreshold(scoresOf(copies), 0.1, createPace()));
    expect(await gapThreshold(scoresOf([3, 3, 3]), 0.5, createPace())).toBe(3);
  });
});

describe("outliers or novelties", () => {
  const { rows } = loadData("faithful");

  it("label the fitted rows only where those may be contaminated", async () => {
    const outliers = new MixtureDetector({ nComponents: 2, covarianceType: "full", randomState: 1 });
    const novelties = outliers.with({ novelty: true });

    const { model, labels } = await outliers.fitPredict(rows);

    expect(labels).toEqual(await model.predict(rows));
    expect(model.novelty).toBe(false);
    await expect(novelties.fitPredict(rows)).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/other rows/) as string,
    });
    expect((await novelties.fit(rows)).novelty).toBe(true);
  });

  it("have p-values only where they are calibrated; a contaminated fit can be, afterwards, on clean rows", async () => {
    const model = await new MixtureDetector({ nComponents: 2, covarianceType: "full", randomState: 1 }).fit(rows.slice(0, 150));

    await expect(model.pValues(rows)).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/not calibrated/) as string,
    });
    const calibrated = await model.calibrate(rows.slice(150), { fpr: 0.05 });

    expect(calibrated.rule).toEqual({ fpr: 0.05 });
    expect(await calibrated.scoreSamples(rows)).toEqual(await model.scoreSamples(rows));
    expect((await calibrated.pValues(rows)).every((p) => p > 0 && p <= 1)).toBe(true);
    expect(MixtureDetector.load(JSON.stringify(calibrated)).calibrationScores).toEqual(calibrated.calibrationScores);
  });

  it("hold out different rows for different seeds, and the rest is what is fitted", async () => {
    const detector = new MixtureDetector({ nComponents: 1, covarianceType: "full", novelty: true, calibrationFraction: 0.3 });
    const [first, second] = await Promise.all([1, 2].map((randomState) => detector.with({ randomState }).fit(rows)));

    expect(first!.calibrationScores).toHaveLength(81);
    expect(first!.calibrationScores).not.toEqual(second!.calibrationScores);
    const { training } = first!.mixture.toJSON() as unknown as { training: { weight: number } };
    expect(training.weight).toBe(272 - 81);
  });

  it("come with one point's answers that refuse what is no point", async () => {
    const { point } = await new MixtureDetector({ nComponents: 1 }).fit(rows);

    for (const [x, code] of [
      [[1], "invalid-shape"],
      [[1, Number.NaN], "not-finite"],
      [[Infinity, 1], "not-finite"],
    ] as const) {
      expect(() => point.isOutlier(x)).toThrow(expect.objectContaining({ code }));
      expect(() => point.score(x)).toThrow(expect.objectContaining({ code }));
    }
  });
});

interface ModelFile {
  readonly calibration: number[];
  readonly mixture: object;
}

describe("a model file", () => {
  const { rows } = loadData("faithful");

  it.each<[string, (json: ModelFile) => unknown]>([
    ["calibration scores out of order", (json) => ({ ...json, calibration: json.calibration.toReversed() })],
    ["too few of them", ({ calibration: _, ...json }) => ({ ...json, calibration: [1, 2] })],
    ["a threshold that is not theirs", (json) => ({ ...json, threshold: { rule: { fpr: 0.05 }, value: -1 } })],
    ["an unknown rule", (json) => ({ ...json, threshold: { rule: { magic: 1 }, value: -1 } })],
    ["a mixture of other features", (json) => ({ ...json, features: { count: 3 } })],
    ["no mixture", ({ mixture: _, ...json }) => json],
    ["a detector in a detector", (json) => ({ ...json, mixture: json })],
  ])("is refused with %s", async (_, damage) => {
    const model = await new MixtureDetector({ nComponents: 1, novelty: true }).fit(rows);
    const json = JSON.parse(JSON.stringify(model)) as ModelFile;

    expect(() => MixtureDetector.load(damage(json))).toThrow(expect.objectContaining({ code: "invalid-model" }));
    expect(MixtureDetector.load(json).threshold).toBe(model.threshold);
  });
});
