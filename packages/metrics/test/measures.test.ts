import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import {
  adjustedMutualInfoScore,
  adjustedRandScore,
  averagePrecisionScore,
  precisionAtN,
  rocAucScore,
  silhouetteSamples,
  silhouetteScore,
} from "../src/index.ts";

const draw = (rows: number, groups: number, seed: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () => random.integer(groups));
};

describe.each([
  ["adjustedRandScore", adjustedRandScore],
  ["adjustedMutualInfoScore", adjustedMutualInfoScore],
])("%s", (_, score) => {
  it("is symmetric, to rounding", () => {
    const [first, second] = [draw(300, 5, 1), draw(300, 7, 2)];

    // The same sums in another order.
    expect(Math.abs(score(first, second) - score(second, first))).toBeLessThanOrEqual(1e-13);
  });

  it("does not see the names of groups or the order of rows", () => {
    const [first, second] = [draw(300, 5, 1), draw(300, 7, 2)];
    const order = [...createRandom(3).permutation(300)];

    const shuffled = score(
      order.map((row) => first[row]!),
      order.map((row) => `group ${6 - second[row]!}`),
    );

    // The same sums in another order.
    expect(Math.abs(shuffled - score(first, second))).toBeLessThanOrEqual(1e-13);
  });

  it("is near 0 for independent labels however many groups there are", () => {
    for (const groups of [2, 20, 200]) {
      const scores = Array.from({ length: 20 }, (_, seed) => score(draw(400, groups, 2 * seed), draw(400, groups, 2 * seed + 1)));

      // Over 20 draws of 400 rows the mean's standard error is below 0.005 for each of these numbers of groups.
      expect(Math.abs(scores.reduce((sum, value) => sum + value, 0) / 20)).toBeLessThan(0.02);
    }
  });

  it("answers for many rows that are alone in time that does not grow with their pairs", () => {
    const alone = Float64Array.from({ length: 200_000 }, (_, row) => row);
    const pairs = alone.map((row) => Math.floor(row / 2));

    // Every partition shares as much with rows that are alone as with any other of them: nothing is left of it once chance is taken out.
    expect(Math.abs(score(alone, pairs))).toBeLessThanOrEqual(1e-9);
  });

  it.each([
    [[], []],
    [[0, 1], [0]],
    [
      [0, NaN],
      [0, 1],
    ],
  ])("refuses labels that cannot be compared: %j and %j", (first, second) => {
    expect(() => score(first, second)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(invalid-shape|not-finite)$/) as string }),
    );
  });
});

describe("silhouettes in any unit", () => {
  const X = [
    [0, 1],
    [1, 0.5],
    [0.5, 2],
    [8, 9],
    [9, 7],
    [10, 8],
    [4, 5],
  ];
  const labels = [0, 0, 0, 1, 1, 1, 2];

  it.each([1e-305, 1e-200, 1e-9, 1e9, 1e200, 1e307])("are those of the rows as they are: × %d", async (unit) => {
    const plain = await silhouetteSamples(X, labels);
    const scaled = await silhouetteSamples(
      X.map((row) => row.map((value) => value * unit)),
      labels,
    );
    // The scaled numbers are rounded; eight of them make a distance.
    for (const [row, value] of plain.entries()) expect(Math.abs(scaled[row]! - value)).toBeLessThan(1e-14);
  });

  it("are numbers where a distance has no square, and where it is beyond the largest double", async () => {
    expect(await silhouetteSamples([[0], [1], [1e200], [1.5], [2]], [0, 0, 0, 1, 1])).toEqual(
      await silhouetteSamples([[0], [1], [1e100], [1.5], [2]], [0, 0, 0, 1, 1]),
    );
    const ends = await silhouetteSamples([[1.7e308], [-1.7e308], [8], [9], [10]], [0, 0, 1, 1, 1]);
    // a = 3.4e308, b = 1.7e308; and a next to nothing for the others.
    for (const [row, value] of [-0.5, -0.5, 1, 1, 1].entries()) expect(Math.abs(ends[row]! - value)).toBeLessThan(1e-14);
  });
});

describe("silhouetteScore", () => {
  const { rows, labels = [] } = loadData("iris");

  it("estimates the full mean from a sample, the same for the same seed", async () => {
    const full = await silhouetteScore(rows, labels);
    const estimates = await Promise.all([1, 2, 3, 4].map((randomState) => silhouetteScore(rows, labels, { sampleSize: 50, randomState })));

    expect(estimates[0]).toBe(await silhouetteScore(rows, labels, { sampleSize: 50, randomState: 1 }));
    // Silhouettes of iris spread by 0.3: four samples of 50 rows have a standard error of 0.02, and this is four of them.
    expect(Math.abs(estimates.reduce((sum, value) => sum + value, 0) / 4 - full)).toBeLessThan(0.08);
  });

  it("compares the drawn rows with each other alone (#16)", async () => {
    const X = Array.from({ length: 4000 }, (_, row) => [row % 2 === 0 ? (row % 8) / 8 : 10 + (row % 7) / 8]);
    const groups = X.map(([x]) => (x! < 5 ? "low" : "high"));
    let roots = 0;
    const sqrt = Math.sqrt;
    Math.sqrt = (value) => {
      roots++;
      return sqrt(value);
    };
    try {
      await silhouetteScore(X, groups, { sampleSize: 100 });
    } finally {
      Math.sqrt = sqrt;
    }
    // A square root for each pair of 100 rows, and none beyond.
    expect(roots).toBeLessThanOrEqual(100 * 100);
  });

  it("sees clusters too small to be drawn, and counts each by all its rows (#16)", async () => {
    const X = Array.from({ length: 1000 }, (_, row) => [row < 990 ? (row % 10) / 10 : 100 + (row % 10) / 10]);
    const groups = X.map(([x]) => (x! < 50 ? 0 : 1));
    const full = await silhouetteScore(X, groups);
    for (let randomState = 0; randomState < 20; randomState++) {
      // Both clusters are tight and far apart: 0.997 for each row, and next to no error of sampling.
      expect(Math.abs((await silhouetteScore(X, groups, { sampleSize: 20, randomState })) - full)).toBeLessThan(0.01);
    }
  });

  it("refuses seeds that are none, and takes null for no options", async () => {
    for (const randomState of [-1, 0.5, NaN, 2 ** 32, "1"] as never[]) {
      await expect(silhouetteScore(rows, labels, { sampleSize: 9, randomState })).rejects.toMatchObject({ code: "invalid-option" });
    }
    expect(await silhouetteScore(rows, labels, null as never)).toBe(await silhouetteScore(rows, labels));
    expect(await silhouetteSamples(rows, labels, null as never)).toHaveLength(150);
  });

  it("takes all rows where the sample would be larger", async () => {
    expect(await silhouetteScore(rows, labels, { sampleSize: 1000 })).toBe(await silhouetteScore(rows, labels));
  });

  it("is 0, not NaN, where all rows are equal", async () => {
    expect(await silhouetteSamples([[1], [1], [1]], [0, 0, 1])).toEqual(Float64Array.of(0, 0, 0));
  });

  it.each([
    ["one cluster", { labels: [0, 0, 0] }, "invalid-option"],
    ["every row alone", { labels: [0, 1, 2] }, "invalid-option"],
    ["a label too few", { labels: [0, 1] }, "invalid-shape"],
    ["a sample of no rows", { labels: [0, 0, 1], sampleSize: 0 }, "invalid-option"],
    ["a call that was aborted", { labels: [0, 0, 1], signal: AbortSignal.abort() }, "aborted"],
  ])("rejects %s", async (_, { labels: given, ...options }, code) => {
    await expect(silhouetteScore([[0], [1], [2]], given, options)).rejects.toMatchObject({ code });
  });
});

describe.each([
  ["rocAucScore", rocAucScore],
  ["averagePrecisionScore", averagePrecisionScore],
  ["precisionAtN", precisionAtN],
])("%s", (_, score) => {
  const labels = draw(100, 2, 4);
  const scores = draw(100, 30, 5);

  it("depends on the order of the scores alone, infinite ones included", () => {
    const stretched = scores.map((value) => (value === 29 ? Infinity : value === 0 ? -Infinity : Math.exp(value)));

    expect(score(labels, stretched)).toBe(score(labels, scores));
  });

  it("takes the positive label by any name", () => {
    const named = labels.map((label) => (label === 1 ? "outlier" : "inlier"));
    const signed = labels.map((label) => (label === 1 ? -1 : 1));
    const flags = labels.map((label) => label === 1);

    expect(score(named, scores, { positive: "outlier" })).toBe(score(labels, scores));
    expect(score(signed, scores, { positive: -1 })).toBe(score(labels, scores));
    expect(score(flags, scores)).toBe(score(labels, scores));
  });

  it.each([
    ["no positive row", [0, 0], [1, 2], "invalid-option"],
    ["no row", [], [], "invalid-option"],
    ["a score that is NaN", [0, 1], [1, NaN], "not-finite"],
    ["a score too few", [0, 1], [1], "invalid-shape"],
  ])("refuses %s", (_title, given, values, code) => {
    expect(() => score(given, values)).toThrow(expect.objectContaining({ code }));
  });
});

describe("rankings of one class", () => {
  it("have no ROC curve", () => {
    expect(() => rocAucScore([1, 1], [1, 2])).toThrow("all rows are positive");
  });

  it("have the precision 1 where all rows are positive", () => {
    expect([averagePrecisionScore([1, 1], [1, 2]), precisionAtN([1, 1], [1, 2])]).toEqual([1, 1]);
  });

  it.each([[0], [3], [1.5]])("have no precision at %d of 2 rows", (n) => {
    expect(() => precisionAtN([1, 0], [1, 2], { n })).toThrow('"n" must be an integer ≥ 1 and ≤ 2');
  });
});
