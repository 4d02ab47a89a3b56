import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { selectMixture } from "../src/index.ts";

/** Two groups that overlap: whether one component or two describe them better is an open question. */
function overlapping(seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: 60 }, (_, i) => [(i % 2) * 2.6 + random.normal()]);
}

const FOLDS = 5;
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

/** How far the mean held-out log-likelihood of one component lies below that of two, in standard errors of the difference; and what was chosen. */
async function compare(seed: number): Promise<{ readonly behind: number; readonly chosen: number }> {
  const { candidates, winner } = await selectMixture(overlapping(seed), {
    nComponents: [1, 2],
    covarianceType: "full",
    criterion: "cv",
    rule: "one-standard-error",
    folds: FOLDS,
    randomState: seed,
  });
  const [one, two] = [1, 2].map((k) => candidates.find(({ nComponents }) => nComponents === k)!.crossValidation!.folds);
  // Folds of equal weight: the standard error of a mean of five numbers.
  const differences = two!.map(({ score }, fold) => score - one![fold]!.score);
  const mean = differences.reduce((sum, value) => sum + value / FOLDS, 0);
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2 / (FOLDS - 1), 0);
  return { behind: mean / Math.sqrt(variance / FOLDS), chosen: winner.nComponents };
}

describe("the rule of one standard error", () => {
  it("takes the simpler candidate up to one standard error behind the best, and no farther", async () => {
    const found = await Promise.all(seeds.map(compare));

    const count = (from: number, to: number): number => found.filter(({ behind }) => behind > from && behind < to).length;
    // The border is tried from both sides, nearer than by a factor of two.
    expect(count(0.5, 1)).toBeGreaterThan(2);
    expect(count(1, 2)).toBeGreaterThan(2);
    expect(found.map(({ chosen }) => chosen)).toEqual(found.map(({ behind }) => (behind <= 1 ? 1 : 2)));
  });
});
