import { createPace, createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { cleanFit, EllipticEnvelope, MixtureDetector } from "../src/index.ts";
import { GaussianMixture } from "@mixtura/mixture";
import { apartThreshold } from "../src/threshold/apart.ts";
import { references } from "./reference.ts";

const scoresOf = (values: readonly number[], weights: readonly number[] = values.map(() => 1)) => {
  const order = values.map((_, i) => i).toSorted((a, b) => values[a]! - values[b]!);
  return { values: Float64Array.from(order, (i) => values[i]!), weights: Float64Array.from(order, (i) => weights[i]!) };
};
const thresholdOf = (values: readonly number[], weights?: readonly number[]): Promise<number> =>
  apartThreshold(scoresOf(values, weights), 0.1, createPace());
const apart = async (values: readonly number[]): Promise<number[]> => {
  const threshold = await thresholdOf(values);
  return values.filter((value) => value < threshold).toSorted((a, b) => a - b);
};
/** Minus squared distances of Gaussian rows. */
const bulk = (seed: number, rows: number, features = 3): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () => {
    let sum = 0;
    for (let j = 0; j < features; j++) sum -= random.normal() ** 2;
    return sum;
  });
};

describe.each(references)("{ apart } on $name", ({ reference, rows, mixture }) => {
  it("finds the rows, and the threshold, that NumPy and SciPy find", async () => {
    for (const { level, rows: right, threshold } of reference.apart) {
      const { model, labels } = await new MixtureDetector({ mixture, threshold: { apart: level } }).fitPredict(rows);

      expect([...labels.keys()].filter((row) => labels[row] === -1)).toEqual(right);
      // Log-densities of two programs differ by some units in the last place, and the root of the smallest distance by the cube root of that.
      expect(Math.abs(model.threshold - threshold)).toBeLessThan(1e-5 * Math.abs(threshold));
    }
  });

  it("counts a row of weight w as w rows", async () => {
    const { level, rows: right, threshold } = reference.apartWeighted;
    const sampleWeight = rows.map((_, row) => 1 + (row % 3));
    const copies = rows.flatMap((row, i) => Array.from({ length: sampleWeight[i]! }, () => row));
    const detector = new MixtureDetector({ mixture, threshold: { apart: level } });

    const { model, labels } = await detector.fitPredict(rows, { sampleWeight });

    expect([...labels.keys()].filter((row) => labels[row] === -1)).toEqual(right);
    expect(Math.abs(model.threshold - threshold)).toBeLessThan(1e-5 * Math.abs(threshold));
    expect(model.threshold).toBe((await detector.fit(copies)).threshold);
  });
});

describe("rows that stand apart", () => {
  it("are the fourteen outliers of Hawkins, Bradu and Kass, by default", async () => {
    const { labels } = await new EllipticEnvelope().fitPredict(loadData("hbk").rows);

    expect([...labels.keys()].filter((row) => labels[row] === -1)).toEqual(Array.from({ length: 14 }, (_, row) => row));
  });

  it("are hardly any among clean Gaussian rows, and often none", async () => {
    const counts: number[] = [];
    for (let seed = 1; seed <= 400; seed++) counts.push((await apart(bulk(seed, 300))).length);

    const tables = counts.filter((count) => count > 0).length;
    const share = counts.reduce((sum, count) => sum + count, 0) / (400 * 300);
    // Were every distance normal, a tenth of the tables would have a row apart; the tails of cube roots, and a scale that is estimated, make it more.
    expect(tables).toBeLessThan(100);
    expect(share).toBeLessThan(1.5e-3);
  });

  it("are as many as were planted, whether 0.2% of the rows or 15%", async () => {
    for (const planted of [1, 5, 25, 90]) {
      const outliers = Array.from({ length: planted }, (_, i) => -60 - i);

      const found = await apart([...bulk(planted, 600 - planted), ...outliers]);

      expect(found.filter((score) => score <= -60)).toHaveLength(planted);
      expect(found.length - planted).toBeLessThanOrEqual(2);
    }
  });

  it("judge further rows where none stood apart: far ones are outliers, ordinary ones are not", async () => {
    const random = createRandom(6);
    const rows = Array.from({ length: 200 }, () => [random.normal(), random.normal()]);

    const { model, labels } = await new EllipticEnvelope().fitPredict(rows);

    expect(labels.every((label) => label === 1)).toBe(true);
    expect([...(await model.predict([[0, 0], [2, 1], [6, -6]]))]).toEqual([1, 1, -1]); // prettier-ignore
  });

  it.each<[string, number[], number[]]>([
    ["one row", [3], []],
    ["two rows", [1, 90], []],
    ["equal scores", [2, 2, 2, 2, 2], []],
    ["scores equal up to rounding", [1, 1 + 2 ** -52, 1 - 2 ** -53, 1], []],
    ["two values, one of them rare", [...Array.from({ length: 97 }, () => 0), -5, -5, -5], []],
    [
      "nine of ten tied, the rest in steps, one far",
      [...Array.from({ length: 90 }, () => 0), ...[1, 1, 2, 1, 2, 1, 1, 2, 1].map((x) => -x), -1e6],
      [-1e6],
    ],
    ["densities of 0", [...bulk(8, 100), -Number.MAX_VALUE, -Number.MAX_VALUE], [-Number.MAX_VALUE, -Number.MAX_VALUE]],
    ["a fifth of densities of 0 and more", [...bulk(8, 60), ...Array.from({ length: 40 }, () => -Number.MAX_VALUE)], []],
  ])("have a finite threshold for %s", async (_, scores, right) => {
    expect(await apart(scores)).toEqual(right);
    expect(Number.isFinite(await thresholdOf(scores))).toBe(true);
  });

  it("do not change with the unit or the origin of scores, nor with rows of weight 0", async () => {
    const scores = [...bulk(4, 200), -55, -70];
    const found = (await apart(scores)).length;

    expect(found).toBeGreaterThanOrEqual(2);
    for (const [scale, shift] of [
      [1e-9, 0],
      [1e9, 0],
      [1, 1e4],
      [1, -1e4],
    ] as const)
      // prettier-ignore
      expect(await apart(scores.map((score) => scale * score + shift))).toHaveLength(found);
    const weights = [...scores.map(() => 1), 0];
    expect(await thresholdOf([...scores, -1e9], weights)).toBe(await thresholdOf(scores));
  });

  it("are more at a higher level, and the rule is kept by saved models", async () => {
    const { rows } = loadData("starsCYG");
    const counts: number[] = [];
    for (const level of [0.001, 0.1, 0.45]) {
      const { model, labels } = await new EllipticEnvelope({ threshold: { apart: level } }).fitPredict(rows);
      counts.push(labels.filter((label) => label === -1).length);

      const read = EllipticEnvelope.load(JSON.stringify(model));

      expect(read.rule).toEqual({ apart: level });
      expect(read.threshold).toBe(model.threshold);
      expect(await read.predict(rows)).toEqual(labels);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts[0]).toBeGreaterThanOrEqual(4); // the giants
  });

  it("are what cleaning may remove, until no further row stands apart", async () => {
    const random = createRandom(11);
    const clean = Array.from({ length: 150 }, () => [random.normal()]);

    const { removed, stable } = await cleanFit(new GaussianMixture(), [...clean, [30], [-25], [28]], { rule: { apart: 0.1 } });

    expect(stable).toBe(true);
    expect(removed.map(({ row }) => row)).toEqual([150, 151, 152]);
  });

  it.each([0, 0.5, 0.7, -1, Number.NaN])("have no level %s", (level) => {
    expect(() => new EllipticEnvelope({ threshold: { apart: level } })).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("are not looked for among rows that are said to be clean", () => {
    expect(() => new EllipticEnvelope({ novelty: true, threshold: { apart: 0.1 } })).toThrow(/declares the training rows clean/);
  });
});
