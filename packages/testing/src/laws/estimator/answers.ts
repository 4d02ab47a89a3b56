import { greatestOf } from "@mixtura/core/internal";
import { createComparison } from "../../comparison.ts";
import { naiveLogNormal } from "../../naive/log-normal.ts";
import { compensatedSum } from "../../naive/sum.ts";
import { copyOf, everyRow, rowsOf } from "./data-copy.ts";
import { decisions, requireSameLabels } from "./decisive.ts";
import { answers, method, mixtureView } from "./model.ts";
import type { EstimatorLaw } from "./subject.ts";

const responsibilities: EstimatorLaw = {
  id: "answers/responsibilities",
  needs: ["soft-clustering"],
  claim: "gives every row responsibilities from 0 to 1 that sum to 1, the largest at its label",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-12,
      unit: "absolute",
      reason: "the rounding of as many exponentials as there are components",
    });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const responsibilities = await method(model, "predictProba")(X);
    const labels = await method(model, "predict")(X);
    for (const [i, row] of rowsOf(responsibilities).entries()) {
      if (row.some((responsibility) => !(responsibility >= 0 && responsibility <= 1 + 1e-12)))
        throw new Error(`row ${i} has the responsibilities ${row.join(", ")}`);
      comparison.number(compensatedSum(row), 1, 1, `row ${i}`);
      if (row[labels[i]!]! < greatestOf(row))
        throw new Error(`row ${i} has the label ${labels[i]} and the responsibilities ${row.join(", ")}`);
    }
    return comparison.figure();
  },
};

const labels: EstimatorLaw = {
  id: "answers/labels",
  needs: ["clustering"],
  claim: "labels every row with a whole number from 0, one label per row",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const found = await method(await trial.fit(X), "predict")(X);
    if (found.length !== X.rows) throw new Error(`${X.rows} rows have ${found.length} labels`);
    const bad = Array.from(found).findIndex((label) => !Number.isInteger(label) || label < 0);
    if (bad !== -1) throw new Error(`row ${bad} has the label ${found[bad]}`);
  },
};

const verdicts: EstimatorLaw = {
  id: "answers/verdicts",
  needs: ["outlier"],
  claim: "says +1 or −1 about every row, and +1 about most of the rows it was fitted on",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const found = Array.from(await method(await trial.fit(X), "predict")(X));
    if (found.length !== X.rows || found.some((verdict) => Math.abs(verdict) !== 1))
      throw new Error(`the verdicts are ${[...new Set(found)].join(", ")}`);
    const inliers = found.filter((verdict) => verdict === 1).length;
    if (2 * inliers <= X.rows) throw new Error(`only ${inliers} of ${X.rows} training rows are inliers`);
  },
};

const densities: EstimatorLaw = {
  id: "answers/densities",
  needs: ["density"],
  claim: "gives log-densities whose mean is the score, and which the formula in the book gives for the parameters it shows",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-9,
      unit: "relative",
      reason: "the covariances' condition numbers, below 1e6, times 2⁻⁵³, in both ways of calculating",
    });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const found = await method(model, "scoreSamples")(X);
    const score = await method(model, "score")(X);
    comparison.number(score, compensatedSum(found) / found.length, Math.max(1, Math.abs(score)), "score");
    const mixture = mixtureView(model);
    if (mixture === undefined) return comparison.figure();
    const components = rowsOf(mixture.means).map((mean, k) => ({
      mean,
      logWeight: Math.log(mixture.weights[k]!),
      covariance: mixture.covariance(k),
    }));
    for (const [i, x] of rowsOf(X).entries()) {
      const terms = components.map(({ mean, logWeight, covariance }) => logWeight + naiveLogNormal(x, mean, covariance));
      const most = greatestOf(terms);
      const right = most + Math.log(compensatedSum(terms.map((term) => Math.exp(term - most))));
      comparison.number(found[i]!, right, Math.max(1, Math.abs(right)), `row ${i}`);
    }
    return comparison.figure();
  },
};

const onePoint: EstimatorLaw = {
  id: "answers/one-point",
  needs: [],
  claim: "gives one point the results that it has among many rows",
  async check(trial) {
    const { capabilities } = trial;
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const { point } = model;
    const points = rowsOf(X);
    const comparison = createComparison({
      value: 1e-9,
      unit: "relative",
      reason: "a point is not centred before distances are taken, rows are",
    });
    if (capabilities.has("density")) {
      const batch = await method(model, "scoreSamples")(X);
      rowsOf(X).forEach((x, i) =>
        comparison.number(point!.logDensity!(x), batch[i]!, Math.max(1, Math.abs(batch[i]!)), `log-density of row ${i}`),
      );
    }
    if (capabilities.has("clustering")) {
      const batch = await decisions(model, X);
      for (const [i, x] of points.entries()) {
        const found = point!.label!(x);
        if (batch.decisive[i] && found !== batch.labels[i])
          throw new Error(`row ${i} has the label ${batch.labels[i]}, as a point ${found}`);
      }
    }
    if (capabilities.has("soft-clustering")) {
      const batch = await method(model, "predictProba")(X);
      const out = new Float64Array(batch.columns);
      rowsOf(batch).forEach((responsibilities, i) =>
        comparison.list(point!.responsibilities!(points[i]!, out), responsibilities, 1, `responsibilities of row ${i}`),
      );
    }
    const figure = comparison.figure();
    return figure.where === "" ? undefined : figure;
  },
};

const uploaded: EstimatorLaw = {
  id: "answers/uploaded",
  needs: ["backend"],
  claim: "gives uploaded rows the results of the same rows in memory",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-9,
      unit: "relative",
      reason: "uploaded rows keep their own origin, from which distances are taken",
    });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    await using resident = await trial.backend!.matrix(X);
    if (model.predict !== undefined)
      requireSameLabels(await model.predict(resident), await decisions(model, X), everyRow(X.rows), "predict");
    const [found, right] = [await answers(model, resident), await answers(model, X)];
    for (const [name, values] of Object.entries(right)) {
      if (name !== "predict")
        comparison.list(
          found[name]!,
          values,
          Array.from(values, (value) => Math.max(1, Math.abs(value))),
          name,
        );
    }
    return comparison.figure();
  },
};

/** Laws of what a model says about rows. */
export const answerLaws: readonly EstimatorLaw[] = [responsibilities, labels, verdicts, densities, onePoint, uploaded];
