import { readFileSync } from "node:fs";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import type { BayesianGaussianMixtureOptions } from "../../src/index.ts";
import { BayesianGaussianMixture } from "../../src/index.ts";

interface Conjugate extends Required<Pick<BayesianGaussianMixtureOptions, "covarianceType" | "meanPrior" | "covariancePrior">> {
  readonly meanPrecisionPrior: number;
  readonly degreesOfFreedomPrior: number;
  readonly logEvidence: number;
}

interface Single extends Conjugate {
  readonly data: string;
  readonly start: number;
  readonly stop: number;
  readonly points: readonly (readonly number[])[];
  readonly logPredictive: readonly number[];
}

interface Mixture extends Conjugate {
  readonly rows: readonly (readonly number[])[];
  readonly weightConcentrationPriorType: "dirichlet_process" | "dirichlet_distribution";
  readonly weightConcentrationPrior: number;
}

/** By mpmath; see reference/bayesian/generate.py. */
const { single, mixture } = JSON.parse(readFileSync(new URL("../reference/bayesian/bayesian.json", import.meta.url), "utf8")) as {
  readonly single: readonly Single[];
  readonly mixture: readonly Mixture[];
};

function priorOf({ covarianceType, meanPrior, covariancePrior, meanPrecisionPrior, degreesOfFreedomPrior }: Conjugate) {
  return { covarianceType, meanPrior, covariancePrior, meanPrecisionPrior, degreesOfFreedomPrior };
}

describe("one component", () => {
  it.each(single)("$data, $covarianceType: the bound is the log evidence, and scores are the posterior predictive", async (entry) => {
    const X = loadData(entry.data).rows.slice(entry.start, entry.stop);

    const model = await new BayesianGaussianMixture({ ...priorOf(entry), tol: 0, maxIter: 2 }).fit(X);

    // 1e-10 is what was asked for; the rounding of a sum of some hundred terms stays below 1e-12.
    expect(Math.abs(model.lowerBound! * X.length - entry.logEvidence)).toBeLessThan(1e-10);
    const found = await model.scoreSamples(entry.points);
    entry.logPredictive.forEach((right, i) => expect(Math.abs(found[i]! - right)).toBeLessThan(1e-10 * Math.max(1, Math.abs(right))));
    entry.points.forEach((x, i) => expect(Math.abs(model.point.logDensity(x) - found[i]!)).toBeLessThan(1e-12 * Math.abs(found[i]!)));
  });

  it.each(["dirichlet_process", "dirichlet_distribution"] as const)(
    "has the same evidence under any prior of its weight: %s",
    async (type) => {
      const X = loadData("iris").rows;

      const [fixed, learnt] = await Promise.all(
        [3, "learn" as const].map((weightConcentrationPrior) =>
          new BayesianGaussianMixture({ weightConcentrationPriorType: type, weightConcentrationPrior, tol: 0, maxIter: 1 }).fit(X),
        ),
      );

      // The one weight is 1. What is learnt of its concentration is the mode of the hyperprior's logarithm, at 1, where its log-density is −1.
      expect(Math.abs(learnt!.prior.weightConcentration - 1)).toBeLessThan(1e-7);
      expect(Math.abs((learnt!.lowerBound! - fixed!.lowerBound!) * X.length + 1)).toBeLessThan(1e-10);
    },
  );
});

describe("two components far apart", () => {
  it.each(mixture)("$covarianceType, $weightConcentrationPriorType: the bound is just below the log evidence", async (entry) => {
    const { weightConcentrationPriorType, weightConcentrationPrior, rows } = entry;
    // The larger group first, as the process expects it.
    const labelsInit = rows.map((row) => Number(row[0]! < 4));
    const options = { ...priorOf(entry), weightConcentrationPriorType, weightConcentrationPrior, nComponents: 2, labelsInit };

    const model = await new BayesianGaussianMixture({ ...options, tol: 1e-12 }).fit(rows);

    // The evidence is the sum over all 2⁹ ways to share the rows. The bound has one way of them; for the other naming of the components the evidence
    // holds up to as much again, log 2, and all other ways together little.
    const missing = entry.logEvidence - model.lowerBound! * rows.length;
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(Math.log(2) + 0.05);
  });
});
