import type { BlockSource } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "../src/index.ts";

const { rows } = loadData("iris");
const d = rows[0]!.length;
/** More rows than a chunk of 4,096 holds. */
const many = Array.from({ length: 40 }, () => rows).flat();
const weights = Float64Array.from(many, (_, i) => i % 3);

/** The rows in blocks of so many, in one buffer that is used again. */
function blocksOf(size: number, sampleWeight?: Float64Array, featureNames?: readonly string[]): BlockSource {
  return {
    columns: d,
    ...(featureNames === undefined ? {} : { featureNames }),
    async *blocks() {
      const buffer = new Float64Array(size * d);
      for (let start = 0; start < many.length; start += size) {
        const part = many.slice(start, start + size);
        part.forEach((row, i) => buffer.set(row, i * d));
        const own = sampleWeight?.slice(start, start + part.length);
        yield { X: matrix(buffer.subarray(0, part.length * d), part.length, d), ...(own === undefined ? {} : { sampleWeight: own }) };
      }
    },
  };
}

describe.each([1, 700, 6000])("batch methods over blocks of %i rows", (size) => {
  const seeded = { randomState: 1 } as const;

  it("answer for each row as they do for rows in memory", async () => {
    const model = await new GaussianMixture({ nComponents: 3, ...seeded }).fit(rows);
    const source = blocksOf(size);
    expect(await model.predict(source)).toEqual(await model.predict(many));
    expect(await model.predictProba(source)).toEqual(await model.predictProba(many));
    expect(await model.scoreSamples(source)).toEqual(await model.scoreSamples(many));
  });

  it("score all rows by the weights of the blocks", async () => {
    const model = await new GaussianMixture({ nComponents: 3, ...seeded }).fit(rows);
    const posterior = await new BayesianGaussianMixture({ nComponents: 3, ...seeded }).fit(rows);
    const clusters = await new KMeans({ nClusters: 3, ...seeded }).fit(rows);
    const source = blocksOf(size, weights);
    for (const one of [model, posterior, clusters]) {
      const right = await one.score(many, { sampleWeight: weights });
      // Sums of 6,000 terms, chunk by chunk.
      expect(Math.abs((await one.score(source)) - right)).toBeLessThan(1e-12 * Math.abs(right));
    }
    expect(await clusters.transform(source)).toEqual(await clusters.transform(many));
  });

  it("give the same bits however the rows are cut", async () => {
    const model = await new GaussianMixture({ nComponents: 3, ...seeded }).fit(rows);
    expect(await model.score(blocksOf(size, weights))).toBe(await model.score(blocksOf(size + 13, weights)));
  });
});

describe("batch methods over blocks", () => {
  // The first chunk of 4,096 rows is wholly without weight.
  const late = Float64Array.from(many, (_, i) => (i < 4500 ? 0 : 1 + (i % 2)));

  it("score past rows that have no weight, and answer for those rows too", async () => {
    const model = await new GaussianMixture({ nComponents: 3, randomState: 1 }).fit(rows);
    const clusters = await new KMeans({ nClusters: 3, randomState: 1 }).fit(rows);
    for (const one of [model, clusters]) {
      const right = await one.score(many, { sampleWeight: late });
      // Sums of 1,500 terms, added in another order.
      expect(Math.abs((await one.score(blocksOf(700, late))) - right)).toBeLessThan(1e-12 * Math.abs(right));
    }
    expect(await model.predict(blocksOf(700, late))).toEqual(await model.predict(many));
  });

  it("refuse a score of rows that have no weight at all", async () => {
    const model = await new GaussianMixture({ nComponents: 3, randomState: 1 }).fit(rows);
    const none = new Float64Array(many.length);
    await expect(model.score(blocksOf(700, none))).rejects.toMatchObject({ code: "invalid-weight" });
  });

  const fitted = (names?: readonly string[]) => {
    const X = rows.map((row) => (names === undefined ? row : Object.fromEntries(row.map((value, j) => [names[j]!, value]))));
    return new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(X as never);
  };

  it("find named features in any order", async () => {
    const names = ["a", "b", "c", "d"];
    const model = await fitted(names);
    const turned: BlockSource = {
      columns: d,
      featureNames: names.toReversed(),
      async *blocks() {
        yield { X: matrix(Float64Array.from(many.flatMap((row) => row.toReversed())), many.length, d) };
      },
    };
    expect(await model.predict(turned)).toEqual(await model.predict(blocksOf(500, undefined, names)));
  });

  it("refuse weights beside blocks, blocks of another width, and no rows", async () => {
    const model = await fitted();
    await expect(model.score(blocksOf(500), { sampleWeight: weights })).rejects.toMatchObject({ code: "invalid-weight" });
    await expect(model.predict({ columns: d + 1, async *blocks() {} })).rejects.toMatchObject({ code: "invalid-shape" });
    const wide: BlockSource = {
      columns: 2,
      async *blocks() {
        yield { X: matrix(Float64Array.of(1, 2), 1, 2) };
      },
    };
    await expect(model.predict(wide)).rejects.toMatchObject({ code: "feature-mismatch" });
  });

  it("end when they are aborted, and say what the source failed by", async () => {
    const model = await fitted();
    await expect(model.predict(blocksOf(500), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    const broken: BlockSource = {
      columns: d,
      async *blocks() {
        yield { X: matrix(Float64Array.from(rows[0]!), 1, d) };
        throw new Error("the disk is gone");
      },
    };
    await expect(model.scoreSamples(broken)).rejects.toMatchObject({ code: "read-error" });
  });
});
