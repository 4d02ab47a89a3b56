import { loadData, loadMetrics } from "@mixtura/fixtures";
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

const { partitions, silhouettes, rankings } = loadMetrics();
const iris = loadData("iris").rows;

// Both programs sum at most 200 terms of size 1 in doubles, in different orders: 200 × 2⁻⁵³ is 2e-14.
const ROUNDING = 1e-13;
// scikit-learn takes probabilities from differences of log-gamma values around log 200! ≈ 860, each with a rounding of 1e-13.
const LOG_GAMMA = 1e-11;

describe("partitions are measured as by scikit-learn", () => {
  it.each(partitions)("$name", ({ first, second, adjustedRand, adjustedMutualInfo }) => {
    expect(Math.abs(adjustedRandScore(first, second) - adjustedRand)).toBeLessThanOrEqual(ROUNDING);
    expect(Math.abs(adjustedMutualInfoScore(first, second) - adjustedMutualInfo)).toBeLessThanOrEqual(LOG_GAMMA);
  });
});

describe("silhouettes are scikit-learn's", () => {
  it.each(silhouettes)("of iris by $name", async ({ labels, score, samples }) => {
    const found = await silhouetteSamples(iris, labels);

    expect(Math.abs((await silhouetteScore(iris, labels)) - score)).toBeLessThanOrEqual(ROUNDING);
    expect(Math.max(...samples.map((value, row) => Math.abs(found[row]! - value)))).toBeLessThanOrEqual(ROUNDING);
  });
});

describe("rankings are measured as by scikit-learn", () => {
  it.each(rankings)("$name", ({ labels, scores, rocAuc, averagePrecision, precisionAt }) => {
    expect(Math.abs(rocAucScore(labels, scores) - rocAuc)).toBeLessThanOrEqual(ROUNDING);
    expect(Math.abs(averagePrecisionScore(labels, scores) - averagePrecision)).toBeLessThanOrEqual(ROUNDING);
    for (const [n, precision] of Object.entries(precisionAt)) {
      expect(Math.abs(precisionAtN(labels, scores, { n: Number(n) }) - precision)).toBeLessThanOrEqual(ROUNDING);
    }
  });
});
