import { describe, expect, it } from "vitest";
import { compare, seriesReport } from "../src/compare.ts";
import type { CaseReport } from "../src/report.ts";
import { geometricMean, geometricMeans, losses } from "../src/summary.ts";

function caseOf(covariance: string, ratio: number): CaseReport {
  const ratios = [{ slower: "theirs", faster: "ours", median: ratio, least: ratio, most: ratio }];
  return { labels: { covariance }, series: [], ratios, remarks: {} };
}

describe("geometric means", () => {
  it("treat twice as fast and half as fast as equal and opposite", () => {
    // Rounding of two logarithms.
    expect(geometricMean([2, 0.5])).toBeCloseTo(1, 14);
    expect(() => geometricMean([])).toThrow(RangeError);
  });

  it("are taken over all cases and over those alike", () => {
    const means = geometricMeans([caseOf("full", 2), caseOf("full", 8), caseOf("diag", 0.5)], ["covariance"]);
    expect(means.map(({ group, value, cases }) => [group, Number(value.toFixed(12)), cases])).toEqual([
      ["all", 2, 3],
      ["full", 4, 2],
      ["diag", 0.5, 1],
    ]);
    expect(means[0]!.ratio).toBe("theirs ÷ ours");
  });

  it("name one group only once", () => {
    expect(geometricMeans([caseOf("full", 2)], ["covariance"]).map(({ group }) => group)).toEqual(["all"]);
  });
});

describe("losses", () => {
  it("are the cases in which another program is faster", () => {
    expect(losses([caseOf("full", 2), caseOf("diag", 0.5)]).map(({ where, ratio }) => [where, ratio.median])).toEqual([["diag", 0.5]]);
  });
});

describe("comparisons", () => {
  const series = [
    { contender: "ours", seconds: [1, 1, 1] },
    { contender: "slow ours", seconds: [2] },
    { contender: "theirs 1T", seconds: [4, 6, 8] },
    { contender: "theirs 2T", seconds: [3, 5, 9] },
  ];

  it("are with the variant of a program that is faster overall, not in single rounds", () => {
    const ratios = compare(series, [{ slower: "theirs", variants: ["theirs 1T", "theirs 2T"], ours: ["ours"] }]);
    expect(ratios).toEqual([{ slower: "theirs", faster: "ours", median: 5, least: 3, most: 9 }]);
  });

  it("are over the rounds in which both took part", () => {
    const [ratio] = compare(series, [{ slower: "theirs", variants: ["theirs 1T"], ours: ["slow ours"] }]);
    expect(ratio).toMatchObject({ median: 2, least: 2, most: 2 });
  });

  it("leave out who is absent", () => {
    expect(compare(series, [{ slower: "nobody", variants: ["nobody"], ours: ["ours"] }])).toEqual([]);
  });
});

describe("a series in a report", () => {
  it("keeps the numbers of an outcome", () => {
    const report = seriesReport({ contender: "ours", seconds: [1], outcome: { score: -2, scores: [-3, -2] } });
    expect(report).toEqual({ contender: "ours", seconds: [1], outcome: { score: -2 } });
  });
});
