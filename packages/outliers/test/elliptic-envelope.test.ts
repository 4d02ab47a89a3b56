import { createRandom } from "@mixtura/core/authoring";
import { EmpiricalCovariance, MinCovDet, MRCD } from "@mixtura/covariance";
import { chiSquareQuantile } from "@mixtura/distributions";
import { loadData } from "@mixtura/fixtures";
import { rocAucScore } from "@mixtura/metrics";
import { GaussianMixture } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import type { EllipticEnvelopeOptions } from "../src/index.ts";
import { asymptoticFreedom, hardinRockeCutoff } from "../src/threshold/hardin-rocke.ts";
import { cleanFit, EllipticEnvelope, MixtureDetector } from "../src/index.ts";
import { explanationMethods } from "../src/internal.ts";

/** Rows of a file, and which of them are outliers. */
function labelled(name: string, outlier = "1") {
  const { rows, labels = [] } = loadData(name);
  return { rows, outliers: labels.map((label) => Number(label === outlier)) };
}

/** How well scores set outliers apart: 1 for a perfect ranking. */
async function auc(
  model: { scoreSamples(X: readonly (readonly number[])[]): Promise<Float64Array> },
  name: string,
  outlier?: string,
): Promise<number> {
  const { rows, outliers } = labelled(name, outlier);
  return rocAucScore(
    outliers,
    (await model.scoreSamples(rows)).map((score) => -score),
    { positive: 1 },
  );
}

describe("Hardin and Rocke's cutoff", () => {
  // The formulas of the paper, §3 and §4, by SciPy 1.17.1: freedom for many rows, and the 0.975 cutoff with the freedom adjusted for few.
  it.each([
    [50, 28, 5, 8.759984088661643, 32.722162113150546],
    [100, 55, 10, 24.561088402504815, 36.186854741340774],
    [500, 253, 5, 69.02670588704427, 14.312408936348712],
    [1000, 510, 20, 282.873045700194, 37.553614637650924],
    [200, 101, 1, 62.211158486627376, 5.207934278484816],
  ])(
    "has the degrees of freedom and the quantile of the formulas: %s rows, %s in the subset, %s features",
    (rows, support, features, freedom, cutoff) => {
      const subset = { rows, support, features };

      // Quantiles of χ² and F to 1e-13 each, in differences that cancel a digit or two.
      expect(asymptoticFreedom(subset) / freedom).toBeCloseTo(1, 10);
      expect(hardinRockeCutoff(0.975, subset) / cutoff).toBeCloseTo(1, 10);
    },
  );

  it("is that of a sample's covariance where nothing is trimmed", () => {
    expect(asymptoticFreedom({ rows: 50, support: 50, features: 3 })).toBe(49);
  });
});

describe("EllipticEnvelope", () => {
  it("scores by minus the squared distance of its estimate", async () => {
    const { rows } = loadData("hbk");
    const model = await new EllipticEnvelope().fit(rows);
    const estimate = await new MinCovDet().fit(rows);

    const distances = await estimate.mahalanobis(rows);

    expect(await model.scoreSamples(rows)).toEqual(distances.map((distance) => 0 - distance));
    expect(model.point.score(rows[3]!)).toBeCloseTo(-distances[3]!, 8);
    expect(model.location).toEqual(estimate.location);
    expect(model.covariance).toEqual(estimate.covariance);
    expect(model.distances).toBe("reweighted");
  });

  it("by χ² flags the rows that robustbase flags, in any order of the rows", async () => {
    // covMcd(x, nsamp = "deterministic") of robustbase 0.95-0, alpha 0.5; rows from 1.
    const flagged = {
      starsCYG: [7, 11, 14, 20, 30, 34],
      milk: [1, 2, 3, 11, 12, 13, 14, 15, 16, 17, 18, 20, 27, 41, 44, 47, 70, 74, 75, 77],
    };
    for (const [name, right] of Object.entries(flagged)) {
      const { rows } = loadData(name);
      const order = createRandom(3).permutation(rows.length);
      const shuffled = Array.from(order, (row) => rows[row]!);
      const detector = new EllipticEnvelope({ threshold: { chiSquare: 0.975 }, correction: "robustbase" });

      const { model, labels } = await detector.fitPredict(rows);
      const { labels: others } = await detector.fitPredict(shuffled);

      expect([...labels.keys()].filter((row) => labels[row] === -1).map((row) => row + 1)).toEqual(right);
      expect(model.threshold).toBe(-chiSquareQuantile(0.975, rows[0]!.length));
      expect([...others]).toEqual(Array.from(order, (row) => labels[row]!));
    }
  });

  it.each(["hbk", "starsCYG", "wood"])("finds the known outliers of %s, all of them before any other row", async (name) => {
    const model = await new EllipticEnvelope().fit(labelled(name).rows);

    expect(await auc(model, name)).toBe(1);
  });

  it("cannot tell two groups of equal size apart, where novelty and a mixture can", async () => {
    const { rows, outliers } = labelled("banknote");
    const genuine = rows.filter((_, row) => outliers[row] === 0);

    const robust = await new EllipticEnvelope().fit(rows);
    const novelty = await new EllipticEnvelope({ novelty: true, threshold: { fpr: 0.1 }, randomState: 1 }).fit(genuine);
    const mixture = await new MixtureDetector({ novelty: true, threshold: { fpr: 0.1 }, nComponents: [1, 2, 3], randomState: 1 }).fit(
      genuine,
    );

    expect(Math.abs((await auc(robust, "banknote")) - 0.5)).toBeLessThan(0.1);
    expect(await auc(novelty, "banknote")).toBeGreaterThan(0.98);
    expect(await auc(mixture, "banknote")).toBeGreaterThan(0.98);
  });

  it("does no worse than the classical distance where most rows lie on a hyperplane, and names the features", async () => {
    const { rows, outliers } = labelled("glass", "6");
    const { columns } = loadData("glass");
    const records = rows.map((row) => Object.fromEntries(row.map((value, j) => [columns[j]!, value])));
    const model = await new EllipticEnvelope({ threshold: { hardinRocke: 0.975 } }).fit(records);
    const classical = await new EllipticEnvelope({ covariance: "empirical" }).fit(rows);

    const scores = await model.scoreSamples(records);

    expect(scores.every(Number.isFinite)).toBe(true);
    expect(
      rocAucScore(
        outliers,
        scores.map((score) => -score),
        { positive: 1 },
      ),
    ).toBeGreaterThanOrEqual(await auc(classical, "glass", "6"));
    const findings = Object.fromEntries(model.trace.diagnostics.map(({ code, message }) => [code, message]));
    expect(findings["exact-fit"]).toMatch(/rows lie on a hyperplane.*(Ba|Fe)/);
    expect(findings["threshold-replaced"]).toMatch(/chiSquare: 0\.975/);
    expect(model.rule).toEqual({ chiSquare: 0.975 });
    expect(model.distances).toBe("reweighted");
  });

  it("finds the known outliers of octane, 226 features in 39 rows, and says that χ² is a rough limit for regularised distances", async () => {
    const model = await new EllipticEnvelope({ threshold: { chiSquare: 0.975 } }).fit(labelled("octane").rows);

    expect(await auc(model, "octane")).toBe(1);
    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(["few-rows", "threshold-approximate"]));
  });

  it("with { hardinRocke } keeps its fraction on clean Gaussian rows, where χ² on the same distances raises five times as many alarms", async () => {
    const [rows, features, replicates] = [100, 5, 60];
    let alarms = 0;
    let chiSquareAlarms = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const random = createRandom(replicate);
      const X = Array.from({ length: rows }, () => Array.from({ length: features }, () => random.normal()));

      const model = await new EllipticEnvelope({ threshold: { hardinRocke: 0.975 } }).fit(X);

      expect(model.distances).toBe("raw");
      const scores = await model.scoreSamples(X);
      alarms += scores.filter((score) => score < model.threshold).length / (rows * replicates);
      chiSquareAlarms += scores.filter((score) => score < -chiSquareQuantile(0.975, features)).length / (rows * replicates);
    }

    // 6000 rows, those of one replicate not independent; Hardin & Rocke report sizes within a percentage point of the nominal 2.5 %.
    expect(alarms).toBeGreaterThan(0.015);
    expect(alarms).toBeLessThan(0.035);
    expect(chiSquareAlarms).toBeGreaterThan(4 * alarms);
  });

  it.each(["mcd", "empirical", "ledoit-wolf", "oas"] as const)(
    "takes covariance %s and reads its models back to the same bits",
    async (covariance) => {
      const { rows } = loadData("iris");
      const model = await new EllipticEnvelope({ covariance, threshold: { contamination: 0.04 } }).fit(rows);

      const read = EllipticEnvelope.load(JSON.stringify(model));

      expect(read.estimate.type).toBe(
        { mcd: "MinCovDet", empirical: "EmpiricalCovariance", "ledoit-wolf": "LedoitWolf", oas: "OAS" }[covariance],
      );
      expect(await read.scoreSamples(rows)).toEqual(await model.scoreSamples(rows));
      expect((await model.isOutlier(rows)).reduce((sum, flag) => sum + flag, 0)).toBe(6);
    },
  );

  it("takes an estimator of a covariance, its options included", async () => {
    const { rows } = loadData("wine");
    const model = await new EllipticEnvelope({ covariance: new MRCD({ target: "equicorrelation" }) }).fit(rows);

    expect(model.estimate.type).toBe("MRCD");
    expect((model.estimate.toJSON() as unknown as { regularization: { target: string } }).regularization.target).toBe("equicorrelation");
    const other = new EllipticEnvelope({ covariance: new GaussianMixture() }).fit(rows);
    await expect(other).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/no centre and covariance/) as string,
    });
  });

  it("hands the options of the robust covariance through", async () => {
    const { rows } = loadData("milk");

    const most = await new EllipticEnvelope({ supportFraction: 0.9 }).fit(rows);
    const drawn = await new EllipticEnvelope({ algorithm: "fast", nTrials: 30, randomState: 5 }).fit(rows);
    const again = await new EllipticEnvelope({ algorithm: "fast", nTrials: 30, randomState: 5 }).fit(rows);

    expect(most.covariance).toEqual((await new MinCovDet({ supportFraction: 0.9 }).fit(rows)).covariance);
    expect(drawn.trace.seed).toBe(5);
    expect(again.location).toEqual(drawn.location);
  });

  it.each(explanationMethods)("explains its own distances: contributions sum to minus the score, %s", async (method) => {
    const { rows } = loadData("milk");
    for (const threshold of [{ contamination: 0.1 }, { hardinRocke: 0.975 }] as const) {
      const model = await new EllipticEnvelope({ threshold }).fit(rows);

      const { value, contributions } = await model.explain(rows, { method });

      const scores = await model.scoreSamples(rows);
      for (let i = 0; i < rows.length; i++) {
        const sum = contributions.data.subarray(8 * i, 8 * i + 8).reduce((total, fraction) => total + fraction, 0);
        expect(Math.abs(sum - value[i]!)).toBeLessThanOrEqual(1e-9 * value[i]!);
        expect(Math.abs(value[i]! + scores[i]!)).toBeLessThanOrEqual(1e-9 * value[i]!);
      }
    }
  });

  it("explains by the floored distances where the covariance is singular", async () => {
    const X = loadData("iris").rows.map((row) => [...row, row[0]! + row[1]!]);
    const model = await new EllipticEnvelope({ covariance: "empirical" }).fit(X);

    const { value, contributions } = await model.explain([[5, 3, 1.4, 0.2, 9]], { method: "corr-max" });

    // Off the plane by 1, which all rows lie on: the distance is large, and finite.
    expect(value[0]).toBeGreaterThan(1e6);
    expect(Math.abs(contributions.data.reduce((sum, fraction) => sum + fraction, 0) / value[0]! - 1)).toBeLessThan(1e-9);
    expect(value[0]! / (await model.estimate.mahalanobis([[5, 3, 1.4, 0.2, 9]]))[0]!).toBeCloseTo(1, 6);
    expect(model.point.score([5, 3, 1.4, 0.2, 9])).toBeLessThan(-1e300);
  });

  it("can be cleaned with, by its own distances", async () => {
    const { rows, outliers } = labelled("hbk");

    const { removed, changes } = await cleanFit(new EllipticEnvelope({ covariance: "empirical" }), rows, { rule: { chiSquare: 0.975 } });
    const robust = await cleanFit(new EllipticEnvelope({ threshold: { hardinRocke: 0.999 } }), rows, { rule: { hardinRocke: 0.999 } });

    // The classical distance is masked: the outliers pull its centre along. The robust one is not.
    expect(removed.filter(({ row }) => outliers[row] === 1).length).toBeLessThan(14);
    expect(robust.removed.map(({ row }) => row)).toEqual(expect.arrayContaining(Array.from({ length: 14 }, (_, row) => row)));
    expect(changes.components).toHaveLength(1);
    expect(changes.logLikelihood).toBeUndefined();
    const single = await cleanFit(new EmpiricalCovariance(), rows, { rule: { chiSquare: 0.975 }, rounds: 1 });
    expect(single.changes.logLikelihood!.after).toBeGreaterThan(single.changes.logLikelihood!.before);
  });

  it.each<[string, EllipticEnvelopeOptions | object, string, RegExp]>([
    ["a log-density, which its scores are not", { threshold: { logDensity: -3 } }, "invalid-option", /"threshold" must be/],
    ["a fraction of everything", { threshold: { chiSquare: 1 } }, "invalid-option", /chiSquare: a number ≥ 0.5 and < 1/],
    [
      "robust options of another covariance",
      { covariance: "oas", supportFraction: 0.9 },
      "invalid-option",
      /"supportFraction" is an option of the robust covariance/,
    ],
    [
      "Hardin and Rocke's cutoff of another covariance",
      { covariance: "oas", threshold: { hardinRocke: 0.975 } },
      "invalid-option",
      /Use \{ chiSquare \}/,
    ],
    [
      "the same of an estimator that has none",
      { covariance: new MRCD(), threshold: { hardinRocke: 0.9 } },
      "invalid-option",
      /covariance is MRCD/,
    ],
    ["a covariance of no known name", { covariance: "huber" }, "invalid-option", /"mcd", "empirical", "ledoit-wolf", "oas"/],
    ["scikit-learn's place for contamination", { contamination: 0.1 }, "unknown-option", /write threshold: \{ contamination: 0\.1 \}/],
    ["contamination of clean rows", { novelty: true, threshold: { gap: 0.1 } }, "invalid-option", /declares the training rows clean/],
    ["a support given twice", { supportFraction: 0.7, supportCount: 30 }, "invalid-option", /supportCount/],
  ])("refuses %s", async (_, options, code, message) => {
    const refusal = expect.objectContaining({ code, message: expect.stringMatching(message) as string });
    expect(() => new EllipticEnvelope(options)).toThrow(refusal);
  });

  it("refuses rows that it cannot judge by, and repairs those that it can", async () => {
    const { rows } = loadData("wood");
    const detector = new EllipticEnvelope();

    await expect(detector.fit([[1, 2]])).rejects.toMatchObject({ code: "too-few-rows" });
    await expect(detector.fit(rows.map((row, i) => (i === 3 ? row.with(1, Number.NaN) : row)))).rejects.toMatchObject({
      code: "not-finite",
      detail: { row: 3, column: 1 },
    });
    await expect(detector.fit(rows, { sampleWeight: rows.map(() => 0.5) })).rejects.toMatchObject({ code: "not-supported" });
    const few = await detector.fit(rows.slice(0, 4)); // n ≤ p
    const flat = await detector.fit(rows.map((row) => [...row, 7]));
    expect((await few.scoreSamples(rows)).every(Number.isFinite)).toBe(true);
    expect(few.trace.diagnostics.map(({ code }) => code)).toContain("few-rows");
    expect(flat.trace.diagnostics.map(({ code }) => code)).toContain("constant-feature");
    expect((await detector.fit(rows.map(() => [1, 2]))).threshold).toBe(0);
  });

  it("is refused as a file where the raw part that it needs is not there", async () => {
    const { rows } = loadData("milk");
    const json = JSON.parse(JSON.stringify(await new EllipticEnvelope({ covariance: "empirical" }).fit(rows))) as Record<string, unknown>;

    expect(() => EllipticEnvelope.load({ ...json, distances: "raw" })).toThrow(expect.objectContaining({ code: "invalid-model" }));
    expect(() => EllipticEnvelope.load({ ...json, training: { rows: 0 } })).toThrow(expect.objectContaining({ code: "invalid-model" }));
    const mixture = JSON.parse(JSON.stringify(await new GaussianMixture().fit(rows))) as object;
    expect(() => EllipticEnvelope.load({ ...json, estimate: mixture })).toThrow(expect.objectContaining({ code: "unknown-model-type" }));
  });
});

describe("a number that means something else (#17)", () => {
  it.each<[object, RegExp]>([
    [{ chiSquare: 0.05 }, /chiSquare: a number ≥ 0\.5 and < 1 \}, found \{ chiSquare: 0\.05 \}\. Did you mean \{ chiSquare: 0\.95 \}\?/],
    [{ hardinRocke: 0.01 }, /found \{ hardinRocke: 0\.01 \}\. Did you mean \{ hardinRocke: 0\.99 \}\?/],
    [{ chiSquare: 0.3 }, /Did you mean \{ chiSquare: 0\.7 \}\?/],
    [{ chiSquare: -0.05 }, /found \{ chiSquare: -0\.05 \}\. Where/],
    [{ contamination: 0.7 }, /must be \{ contamination: a number > 0 and ≤ 0\.5 \}, found \{ contamination: 0\.7 \}\. Where/],
    [{ contamination: 0 }, /must be \{ contamination: a number > 0 and ≤ 0\.5 \}, found \{ contamination: 0 \}/],
    [{ fpr: "0.01" }, /must be \{ fpr: a number > 0 and < 1 \}, found \{ fpr: "0\.01" \}/],
  ])("is refused with what it may be, what it is, and what was meant: %j", (threshold, message) => {
    expect(() => new EllipticEnvelope({ threshold } as EllipticEnvelopeOptions)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringMatching(message) as string }),
    );
  });
});
