import type { SklearnEntry } from "@mixtura/fixtures";
import { loadMclust, loadSklearn, mclustNames, sklearnNames, sklearnStart } from "@mixtura/fixtures";
import { covarianceKind, covarianceTypes, GaussianMixture, selectMixture } from "mixtura";
import type { Comparison } from "./results.ts";
import { covarianceScale, flat, worstDifference } from "./results.ts";

/** Parameters, bounds, scores and criteria compared with scikit-learn's, from the same start. */
export async function againstScikitLearn(): Promise<Comparison> {
  const rows = [];
  for (const name of sklearnNames) {
    const { data, entries } = loadSklearn(name);
    const usable = entries.filter(({ error }) => error === undefined);
    let worst = 0;
    for (const entry of usable) worst = Math.max(worst, await differenceOf(entry, data.rows));
    const refused = entries.length - usable.length;
    rows.push({
      what: `${name} (${data.rows.length} × ${data.columns.length})`,
      cases: usable.length,
      worst,
      ...(refused === 0 ? {} : { remark: `scikit-learn refused ${refused} more, which are fitted here with a diagnostic` }),
    });
  }
  return {
    title: "Gaussian mixtures from the same start",
    against: "scikit-learn 1.9.1, `GaussianMixture`: four covariance types × 1, 10 and 50 iterations of EM from the same explicit start",
    measure:
      "largest relative difference of any weight, mean, covariance, bound, log-density, score, AIC or BIC; covariances by the spreads they belong to",
    rows,
  };
}

async function differenceOf(entry: SklearnEntry, rows: readonly (readonly number[])[]): Promise<number> {
  const model = await new GaussianMixture(sklearnStart(entry, rows)).fit(rows);
  const json = model.toJSON();
  const first = rows.slice(0, 10);
  return Math.max(
    worstDifference(flat(json["weights"]), entry.weights),
    worstDifference(flat(json["means"]), flat(entry.means)),
    worstDifference(flat(json["covariances"]), flat(entry.covariances), covarianceScale(entry, rows[0]!.length)),
    worstDifference(model.trace.lowerBounds, entry.lowerBounds),
    worstDifference([await model.score(rows), model.aic!, model.bic!], [entry.score, entry.aic, entry.bic]),
    worstDifference(await model.scoreSamples(first), entry.scoreSamplesFirst10),
    worstDifference((await model.predictProba(first)).data, flat(entry.predictProbaFirst10), () => 1),
  );
}

const FAMILIES: Readonly<Record<string, string>> = { VVV: "full", EEE: "tied", VVI: "diag", VII: "spherical", V: "full", E: "tied" };

/** The best model by BIC compared with mclust's best of the same families. */
export async function againstMclust(): Promise<Comparison> {
  const rows = [];
  for (const name of mclustNames) {
    const { data, table } = loadMclust(name);
    const best = table.filter(({ model }) => model in FAMILIES).toSorted((a, b) => b.bic - a.bic)[0]!;
    const nComponents = [...new Set(table.map(({ components }) => components))];
    const { winner } = await selectMixture(data.rows, {
      nComponents,
      covarianceType: covarianceTypes.filter((type) => covarianceKind(type).standard),
      nInit: 5,
      randomState: 7,
      tol: 1e-7,
    });
    rows.push({
      what: name,
      cases: nComponents.length * 4,
      worst: winner.bic + best.bic,
      remark: `here ${winner.nComponents} ${winner.covarianceType}, there ${best.components} ${FAMILIES[best.model]!}`,
    });
  }
  return {
    title: "The best mixture by BIC",
    against: "R mclust 6.0.0, families VVV, EEE, VVI and VII; here `selectMixture` with 5 starts, seed 7",
    measure: "BIC here minus BIC there; lower is better, so a negative number is a better model than mclust's",
    rows,
  };
}
