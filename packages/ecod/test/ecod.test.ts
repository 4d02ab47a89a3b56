import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { ECOD } from "../src/index.ts";
import { tailRules } from "../src/options.ts";

const { rows } = loadData("wine");

describe("an ECOD model", () => {
  it.each(tailRules)("explains every row by contributions that sum to minus its score, to the bit: tails by %s", async (tails) => {
    const model = await new ECOD({ tails }).fit(rows);
    const far = rows.map((row) => row.map((x, j) => (j % 2 === 0 ? x : 2 * x)));

    const { data, columns } = await model.explain(far);
    const scores = await model.scoreSamples(far);

    scores.forEach((score, i) =>
      expect(data.subarray(i * columns, (i + 1) * columns).reduce((sum, value) => sum + value, 0)).toBe(0 - score),
    );
    expect(data.every((value) => value >= 0)).toBe(true);
  });

  it("scores a row by the training rows alone, regardless of the rows that it is scored with", async () => {
    const model = await new ECOD().fit(rows);
    const far = rows[0]!.map((x) => 10 * x);

    const alone = await model.scoreSamples([far]);
    const among = await model.scoreSamples([far, ...rows]);

    expect(alone[0]).toBe(among[0]);
    expect(model.point.score(far)).toBe(alone[0]);
  });

  it("calls a value beyond all that was seen rarer than the rarest, and finite", async () => {
    const model = await new ECOD().fit([[1], [2], [3]]);

    const [outermost, beyond, farBeyond] = await model.scoreSamples([[3], [3.1], [1e300]]);

    expect(outermost).toBeCloseTo(-Math.log(3), 14);
    expect(beyond).toBeCloseTo(-Math.log(6), 14);
    expect(farBeyond).toBe(beyond);
  });

  it("is made of numbers where one row outweighs all others", async () => {
    for (const heavy of [1e20, 1e150, 1e300]) {
      const model = await new ECOD().fit(rows, { sampleWeight: rows.map((_, i) => (i === 3 ? heavy : 1e-10)) });

      expect(model.skewness.every(Number.isFinite)).toBe(true);
      expect(JSON.stringify(ECOD.load(JSON.stringify(model)))).toBe(JSON.stringify(model));
      expect((await model.scoreSamples(rows)).every(Number.isFinite)).toBe(true);
    }
  });

  it("keeps the logarithm of a tail that is too small for a double, is saved and read back (#16)", async () => {
    for (const [heavy, light] of [
      [1e200, 1e-200],
      [1e300, 1e-300],
      [1, 5e-324],
    ] as const) {
      const model = await new ECOD().fit([[1], [2], [3]], { sampleWeight: [light, heavy, heavy] });
      const read = ECOD.load(JSON.stringify(model));

      // P(X ≤ 1) = light / (2 heavy), of which the two logarithms are exact to rounding.
      const right = Math.log(light) - Math.log(2) - Math.log(heavy);
      expect(Math.abs(model.point.score([1]) - right)).toBeLessThan(1e-12 * Math.abs(right));
      expect(read.point.score([1])).toBe(model.point.score([1]));
      expect(read.point.score([0])).toBe(model.point.score([1]) - Math.LN2);
    }
  });

  it("labels its training rows by fitPredict as predict does, also with weights (#16)", async () => {
    for (const sampleWeight of [undefined, rows.map((_, i) => (i % 5 === 0 ? 0 : i % 3))]) {
      const { model, labels, scores } = await new ECOD().fitPredict(rows, sampleWeight && { sampleWeight });

      expect(labels).toEqual(await model.predict(rows));
      expect(scores).toEqual(await model.scoreSamples(rows));
    }
  });

  it.each([
    ["of one name", ["a", "a"]],
    ["that are no texts", [1, 2]],
  ])("is not read with features %s (#16)", async (_, names) => {
    const json = (
      await new ECOD().fit([
        [1, 2],
        [2, 5],
      ])
    ).toJSON();

    expect(() => ECOD.load({ ...json, features: { count: 2, names } })).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });

  it("takes the tail to which a feature is skewed: both ends of a long right tail do not count alike", async () => {
    const model = await new ECOD({ contamination: 0.2 }).fit([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [40, 50],
    ]);

    expect(model.skewness.every((value) => value > 0)).toBe(true);
    const { data } = await model.explain([[40, 1]]);
    // Left tails sum to log 5, so do right tails and skewed ones; the long tail speaks.
    expect(Array.from(data, (value) => value.toFixed(6))).toEqual([Math.log(5).toFixed(6), "0.000000"]);
  });

  it.each([0.01, 0.1, 0.25, 0.5])("calls the requested fraction of the training rows outliers, up to ties: %s", async (contamination) => {
    const model = await new ECOD({ contamination }).fit(rows);

    const labels = await model.predict(rows);

    const share = labels.filter((label) => label === -1).length / rows.length;
    expect(Math.abs(share - contamination)).toBeLessThanOrEqual(1 / rows.length);
    expect(rows.map((row) => (model.point.isOutlier(row) ? -1 : 1))).toEqual([...labels]);
  });

  it("sorts more rows than one run, with turns of the event loop", async () => {
    const X = Array.from({ length: 10_000 }, (_, i) => [(i * 7919) % 10_007]);

    const model = await new ECOD().fit(X);

    const { distributions } = model.toJSON() as unknown as { distributions: { values: number[] }[] };
    expect(distributions[0]!.values).toEqual(X.map(([x]) => x!).toSorted((a, b) => a - b));
  });
});

describe("bad input", () => {
  it.each<[string, object, string, RegExp]>([
    ["no contamination", { contamination: 0 }, "invalid-option", /"contamination" must be a number > 0 and ≤ 0.5, found 0/],
    ["more outliers than inliers", { contamination: 0.6 }, "invalid-option", /found 0.6/],
    ["a rule that is not there", { tails: "both" }, "invalid-option", /"row", "feature"/],
    ["PyOD's name of an option", { n_jobs: 1 }, "unknown-option", /Known options: contamination, tails/],
  ])("is refused by the constructor: %s", (_, options, code, message) => {
    expect(() => new ECOD(options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });

  it("in blocks is refused with a way out", async () => {
    const source = { columns: 1, async *blocks() {} };

    await expect(new ECOD().fit(source)).rejects.toMatchObject({ code: "not-supported", detail: { feature: "blocks" } });
  });

  it.each<[string, object]>([
    ["values out of order", { values: [2, 1], masses: [1, 1], skewness: 0 }],
    ["the same value twice", { values: [1, 1], masses: [1, 1], skewness: 0 }],
    ["no values", { values: [], masses: [], skewness: 0 }],
    ["a mass of zero", { values: [1, 2], masses: [1, 0], skewness: 0 }],
    ["masses beyond the largest double", { values: [1, 2], masses: [1.5e308, 1.5e308], skewness: 0 }],
  ])("in a model file is refused: %s", async (_, distribution) => {
    const model = await new ECOD().fit([[1], [2]]);

    expect(() => ECOD.load({ ...model.toJSON(), distributions: [distribution] })).toThrow(
      expect.objectContaining({ code: "invalid-model" }),
    );
  });
});
