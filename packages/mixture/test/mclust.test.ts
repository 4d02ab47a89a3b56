import { loadMclust, mclustNames } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import type { CovarianceType } from "../src/index.ts";
import { covarianceTypes, GaussianMixture } from "../src/index.ts";

/** mclust's names for the types: several features, one feature. */
const models: Readonly<Record<CovarianceType, readonly [string, string | undefined]>> = {
  full: ["VVV", "V"],
  tied: ["EEE", "E"],
  diag: ["VVI", undefined],
  "tied-diag": ["EEI", undefined],
  spherical: ["VII", undefined],
};

/** Over seeds 1 to 5 one to four of the 144 cases stay below, mostly of wine and crabs. Cases in which ten starts end in another optimum than mclust's hierarchical start; each turns red once it is reached. */
const below: Readonly<Record<string, string>> = {
  "banknote diag 4": "of the ten starts only random rows lead to mclust's optimum, and with this seed none of those draws does; others do",
  "wine full 3":
    "312 parameters for 178 rows: EM has very many optima there, and model-based hierarchical seeding happens upon a better one",
  "wine tied 3": "the best of the ten starts ends 0.03 nats below, in an optimum that plain EM leaves from its start to the better one",
  "wine full 4": "417 parameters for 178 rows: as with 3 components",
};

// Ours stops when a map gains less than 1e-8 nats per row, which on these data leaves less than a millionth of the log-likelihood to gain.
const TOLERANCE = 1e-6;

const cases = mclustNames.flatMap((name) => {
  const { data, table } = loadMclust(name);
  return covarianceTypes.flatMap((covarianceType) => {
    const model = models[covarianceType][data.columns.length === 1 ? 1 : 0];
    return table
      .filter((entry) => entry.model === model && entry.components <= 4)
      .map(({ components, logLikelihood }) => ({
        id: `${name} ${covarianceType} ${components}`,
        data,
        covarianceType,
        components,
        logLikelihood,
      }));
  });
});

describe("mclust 6.0.0's optima with nInit: 10", () => {
  it("covers the ten data sets", () => {
    expect(cases.length).toBe(176);
  });

  it.each(cases)(
    "$id: at least mclust's log-likelihood, without a degenerate component",
    async ({ id, data, covarianceType, components, logLikelihood }) => {
      const estimator = new GaussianMixture({ nComponents: components, covarianceType, nInit: 10, tol: 1e-8, regCovar: 0, randomState: 1 });

      const model = await estimator.fit(data.rows);

      const reached = model.logLikelihood! >= logLikelihood - TOLERANCE * Math.abs(logLikelihood);
      expect(reached).toBe(below[id] === undefined);
      expect(model.trace.restarts.find((restart) => restart.chosen)?.degenerate).toBe(false);
    },
  );
});
