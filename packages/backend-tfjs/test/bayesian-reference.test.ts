import type { TfjsBackend } from "../src/index.ts";
import { loadSklearnBayesian, sklearnNames } from "@mixtura/fixtures";
import { BayesianGaussianMixture } from "@mixtura/mixture";
import { beforeAll, describe, expect, it } from "vitest";
import { engines } from "./engines.ts";
import { parameterDifference } from "./parameter-difference.ts";

/**
 * As for maximum likelihood. A bound is a sum of terms hundreds of times as large as their sum, of which the entropy of the responsibilities, a
 * difference of log-likelihoods of up to some hundred nats a row, is the one that float32 touches.
 */
const BOUND = 1e-4;
const SCORE = 1e-5;
const PARAMETERS = 1e-4;

describe.each(engines)("scikit-learn 1.9.1 from the same partition: tfjs $engine", ({ engine, create }) => {
  let backend: TfjsBackend;
  beforeAll(async () => {
    backend = await create();
  });

  describe.each(engine === "cpu" ? (["faithful", "iris"] as const) : sklearnNames)("%s", (name) => {
    const { data, labels, entries } = loadSklearnBayesian(name);

    it.each(entries)(
      "$covarianceType covariance, $weightConcentrationPriorType $weightConcentrationPrior: the same numbers as far as float32 goes",
      async (entry) => {
        const { nComponents, covarianceType, iterations, regCovar, weightConcentrationPriorType, weightConcentrationPrior } = entry;
        const prior = { weightConcentrationPriorType, weightConcentrationPrior, priorConvention: "scikit-learn" } as const;
        const start = { nComponents, covarianceType, labelsInit: labels, regCovar, tol: 0, maxIter: iterations };

        const model = await new BayesianGaussianMixture({ ...prior, ...start, density: "variational", backend }).fit(data.rows);

        expect(model.trace.backend).toBe(`tfjs-${engine}`);
        const codes = model.trace.diagnostics.map(({ code }) => code);
        expect(codes.includes("single-precision") || codes.includes("backend-fell-back")).toBe(true);
        const last = entry.lowerBounds.at(-1)! / data.rows.length;
        expect(Math.abs(model.trace.lowerBounds.at(-1)! - last)).toBeLessThan(BOUND * Math.max(1, Math.abs(last)));
        expect(Math.abs((await model.score(data.rows)) - entry.score)).toBeLessThan(SCORE * Math.max(1, Math.abs(entry.score)));
        expect(parameterDifference(model, entry)).toBeLessThan(PARAMETERS);
      },
    );
  });
});
