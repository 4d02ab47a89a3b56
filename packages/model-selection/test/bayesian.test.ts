import type { MixturePlugin } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";
import type { FittedBayesianGaussianMixture, FittedGaussianMixture } from "@mixtura/mixture";
import { BayesianGaussianMixture, gaussianMixturePlugin } from "@mixtura/mixture";
import { bayesianGaussianMixturePlugin as bayesian } from "@mixtura/mixture/internal";
import { describe, expect, it } from "vitest";
import { selectMixture } from "../src/index.ts";

const faithful = loadData("faithful").rows;
const options = { nComponents: [1, 2, 4], covarianceType: "full", criterion: "cv", folds: 4, randomState: 1 } as const;

describe("posteriors in a selection", () => {
  it("are compared with maximum likelihood by the rows that neither saw", async () => {
    const { candidates, winner, best } = await selectMixture<FittedGaussianMixture | FittedBayesianGaussianMixture>(faithful, {
      ...options,
      estimator: [gaussianMixturePlugin, bayesian],
    });

    expect(candidates.map(({ estimator, nComponents }) => `${estimator} ${nComponents}`)).toEqual(
      [1, 2, 4].flatMap((k) => [`GaussianMixture ${k}`, `BayesianGaussianMixture ${k}`]),
    );
    expect(candidates.every(({ cv }) => Number.isFinite(cv))).toBe(true);
    expect(winner.model).toBe(best);
    expect(best.nComponents).not.toBe(1);
    for (const { estimator, bic, lowerBound } of candidates) {
      expect(bic === undefined).toBe(estimator === "BayesianGaussianMixture");
      expect(lowerBound === undefined).toBe(estimator === "GaussianMixture");
    }
  });

  it("keep defaults of their own where nothing was said, and take what was", async () => {
    const { best } = await selectMixture(faithful, { ...options, nComponents: 2, estimator: [bayesian] });
    const regular = await selectMixture(faithful, { ...options, nComponents: 2, estimator: [bayesian], regCovar: 0.1 });

    const alone = await new BayesianGaussianMixture({ nComponents: 2, nInit: 5, randomState: 1 }).fit(faithful);
    // The type of `best` is the plugin's.
    expect(best.lowerBound).toBe(alone.lowerBound);
    expect(regular.best.lowerBound).not.toBe(alone.lowerBound);
  });

  it("can be made with options of their own, are taken over from earlier work, and their components are split as those of others are", async () => {
    const moving: MixturePlugin<never, FittedBayesianGaussianMixture> = {
      ...bayesian,
      create: (given) => bayesian.create({ ...(given as object), moves: true }),
    };

    const first = await selectMixture(faithful, { ...options, estimator: [moving] });
    const again = await selectMixture(faithful, { ...options, estimator: [moving] }, { resume: JSON.stringify(first) });

    expect(first.candidates[2]!.splitFrom).toBe(2);
    expect(first.candidates[2]!.model!.effectiveComponents()).toBe(2);
    expect(JSON.stringify(again.best)).toBe(JSON.stringify(first.best));
    expect(again.candidates.map(({ cv }) => cv)).toEqual(first.candidates.map(({ cv }) => cv));
  });

  it("have no other criterion", async () => {
    await expect(selectMixture(faithful, { ...options, criterion: "bic", estimator: [bayesian] })).rejects.toMatchObject({
      code: "not-supported",
    });
  });
});
