import type { SklearnBayesianEntry } from "@mixtura/fixtures";
import { loadSklearnBayesian, sklearnNames } from "@mixtura/fixtures";
import { BayesianGaussianMixture } from "mixtura";
import type { Comparison } from "./results.ts";
import { covarianceScale, flat, worstDifference } from "./results.ts";

/** Posteriors compared with scikit-learn's, from the same partition and under its own updates. */
export async function posteriors(): Promise<Comparison> {
  const rows = [];
  for (const name of sklearnNames) {
    const { data, labels, entries } = loadSklearnBayesian(name);
    let worst = 0;
    for (const entry of entries) worst = Math.max(worst, await differenceOf(entry, data.rows, labels));
    rows.push({ what: `${name} (${data.rows.length} × ${data.columns.length})`, cases: entries.length, worst });
  }
  return {
    title: "Bayesian mixtures from the same partition",
    against:
      'scikit-learn\'s `BayesianGaussianMixture`, with `priorConvention: "scikit-learn"`: covariance types, both priors of the weights, concentrations',
    measure:
      "largest relative difference of any weight, mean, covariance, concentration, precision, degree of freedom, bound, score or log-density",
    rows,
  };
}

async function differenceOf(
  entry: SklearnBayesianEntry,
  rows: readonly (readonly number[])[],
  labelsInit: readonly number[],
): Promise<number> {
  const { nComponents, covarianceType, iterations, regCovar, weightConcentrationPriorType, weightConcentrationPrior } = entry;
  const prior = {
    weightConcentrationPriorType,
    weightConcentrationPrior,
    priorConvention: "scikit-learn",
    density: "variational",
  } as const;
  const model = await new BayesianGaussianMixture({
    ...prior,
    nComponents,
    covarianceType,
    labelsInit,
    regCovar,
    tol: 0,
    maxIter: iterations,
  }).fit(rows);
  const json = model.toJSON();
  const first = rows.slice(0, 10);
  // Theirs is the total over the rows.
  const bounds = model.trace.lowerBounds.map((bound) => bound * rows.length);
  return Math.max(
    worstDifference([...model.weights], entry.weights),
    worstDifference(flat(json["means"]), flat(entry.means)),
    worstDifference(flat(json["covariances"]), flat(entry.covariances), covarianceScale(entry, rows[0]!.length)),
    worstDifference(flat(json["weightConcentration"]), flat(entry.weightConcentration)),
    worstDifference(flat(json["meanPrecision"]), flat(entry.meanPrecision)),
    worstDifference(flat(json["degreesOfFreedom"]), flat(entry.degreesOfFreedom)),
    worstDifference(bounds.slice(-entry.lowerBounds.length), entry.lowerBounds),
    worstDifference([await model.score(rows)], [entry.score]),
    worstDifference(await model.scoreSamples(first), entry.scoreSamplesFirst10),
  );
}
