import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { loadSklearn, sklearnNames, sklearnStart } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { GaussianMixture } from "../src/index.ts";
import { covarianceScales, relativeDifference } from "./relative-difference.ts";

// scikit-learn subtracts E[x]² from E[x²] for tied, diag and spherical covariances and does not centre the data, so its own last digits are lost
// where means are large beside the spread; the two programs also sum in different orders over up to 50 iterations. Both stay below 1e-8.
const TOLERANCE = 1e-8;

const SMALL: readonly string[] = ["acidity", "crabs", "faithful", "iris", "thyroid_gland"];

describe.each([referenceBackend, mlMatrixBackend(), createWasmBackend()])(
  "scikit-learn 1.9.1 from the same start: $name backend",
  (backend) => {
    // ml-matrix takes twenty times as long; its kernels are held to the others' in its own package.
    describe.each(backend.name === "ml-matrix" ? sklearnNames.filter((name) => SMALL.includes(name)) : sklearnNames)("%s", (name) => {
      const { data, entries } = loadSklearn(name);

      it.each(entries)("$covarianceType covariance, $iterations iteration(s): the same numbers", async (entry) => {
        const model = await new GaussianMixture({ ...sklearnStart(entry, data.rows), backend }).fit(data.rows);

        if (entry.error !== undefined) {
          // scikit-learn refused: ours must fit all the same and say what it met.
          expect(model.trace.diagnostics).not.toEqual([]);
          return;
        }
        const json = model.toJSON();
        const first = data.rows.slice(0, 10);
        const shares = await model.predictProba(first);
        const counts = entry.labelCounts.map(() => 0);
        for (const label of await model.predict(data.rows)) counts[label]!++;
        const differences = {
          weights: relativeDifference(json["weights"], entry.weights),
          means: relativeDifference(json["means"], entry.means),
          covariances: relativeDifference(json["covariances"], entry.covariances, covarianceScales(entry)),
          lowerBounds: relativeDifference(model.trace.lowerBounds, entry.lowerBounds),
          score: relativeDifference(await model.score(data.rows), entry.score),
          aic: relativeDifference(model.aic, entry.aic),
          bic: relativeDifference(model.bic, entry.bic),
          scoreSamples: relativeDifference([...(await model.scoreSamples(first))], entry.scoreSamplesFirst10),
          predictProba: relativeDifference([...shares.data], entry.predictProbaFirst10, [...shares.data].fill(1)),
        };
        expect(Object.entries(differences).filter(([, difference]) => !(difference < TOLERANCE))).toEqual([]);
        expect(counts).toEqual(entry.labelCounts);
      });
    });
  },
);
