import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { loadSklearnBayesian, sklearnNames } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture } from "../../src/index.ts";
import { covarianceScales, relativeDifference } from "../relative-difference.ts";

// As for GaussianMixture, the last digits that scikit-learn loses by E[x²] − E[x]² and without centring; and its bound is a sum of terms
// hundreds of times as large as their sum, which costs three digits more.
const TOLERANCE = 1e-7;

describe.each([referenceBackend, mlMatrixBackend(), createWasmBackend()])(
  "scikit-learn from the same partition: $name backend",
  (backend) => {
    // ml-matrix takes fifty times as long; its kernels are held to the others' in its own package.
    describe.each(backend.name === "ml-matrix" ? (["faithful", "iris"] as const) : sklearnNames)("%s", (name) => {
      const { data, labels, entries } = loadSklearnBayesian(name);

      it.each(entries)(
        "$covarianceType covariance, $weightConcentrationPriorType $weightConcentrationPrior: the same numbers",
        async (entry) => {
          const { nComponents, covarianceType, iterations, regCovar, weightConcentrationPriorType, weightConcentrationPrior } = entry;
          const prior = { weightConcentrationPriorType, weightConcentrationPrior, priorConvention: "scikit-learn" } as const;
          const start = { nComponents, covarianceType, labelsInit: labels, regCovar, tol: 0, maxIter: iterations };

          const model = await new BayesianGaussianMixture({ ...prior, ...start, density: "variational", backend }).fit(data.rows);

          const json = model.toJSON();
          const first = data.rows.slice(0, 10);
          const shares = await model.predictProba(first);
          const counts = entry.labelCounts.map(() => 0);
          for (const label of await model.predict(data.rows)) counts[label]!++;
          // Theirs is the total over the rows.
          const bounds = model.trace.lowerBounds.map((bound) => bound * data.rows.length);
          const differences = {
            weights: relativeDifference([...model.weights], entry.weights),
            means: relativeDifference(json["means"], entry.means),
            covariances: relativeDifference(json["covariances"], entry.covariances, covarianceScales(entry)),
            weightConcentration: relativeDifference(json["weightConcentration"], entry.weightConcentration),
            meanPrecision: relativeDifference(json["meanPrecision"], entry.meanPrecision),
            degreesOfFreedom: relativeDifference(json["degreesOfFreedom"], entry.degreesOfFreedom),
            lowerBounds: relativeDifference(bounds.slice(-entry.lowerBounds.length), entry.lowerBounds),
            score: relativeDifference(await model.score(data.rows), entry.score),
            scoreSamples: relativeDifference([...(await model.scoreSamples(first))], entry.scoreSamplesFirst10),
            predictProba: relativeDifference([...shares.data], entry.predictProbaFirst10, [...shares.data].fill(1)),
          };
          expect(Object.entries(differences).filter(([, difference]) => !(difference < TOLERANCE))).toEqual([]);
          expect(counts).toEqual(entry.labelCounts);
        },
      );
    });
  },
);
