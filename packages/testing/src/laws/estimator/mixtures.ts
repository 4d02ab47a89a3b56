import { greatestOf } from "@mixtura/core/internal";
import { isMixture } from "@mixtura/core";
import { createComparison } from "../../comparison.ts";
import { compensatedSum } from "../../naive/sum.ts";
import { copyOf, rowsOf } from "./data-copy.ts";
import { method } from "./model.ts";
import type { EstimatorLaw } from "./subject.ts";

const adds: EstimatorLaw = {
  id: "mixture/adds-up",
  needs: ["mixture"],
  claim: "is a weighted sum of the densities of its components, and says what its fits are compared by",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-9,
      unit: "relative",
      reason: "a point is not centred before distances are taken, rows are",
    });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    if (!isMixture(model)) throw new Error("the model lacks what a mixture has: see isMixture");
    const { weights, components, nComponents, labelCount, objective, criteria, isPosterior, nParameters } = model;
    if (components.length !== nComponents || weights.length !== nComponents || labelCount !== nComponents)
      throw new Error(`${nComponents} components have ${weights.length} weights, ${components.length} densities and ${labelCount} labels`);
    comparison.number(compensatedSum(weights), 1, 1, "sum of the weights");
    const found = await method(model, "scoreSamples")(X);
    for (const [i, x] of rowsOf(X).entries()) {
      const terms = components.map((component, k) => Math.log(weights[k]!) + component.logDensity(x));
      const most = greatestOf(terms);
      const right = most + Math.log(compensatedSum(terms.map((term) => Math.exp(term - most))));
      comparison.number(found[i]!, right, Math.max(1, Math.abs(right)), `row ${i}`);
    }
    if (objective === undefined) throw new Error("a fitted mixture does not say what it is compared by");
    comparison.number(objective.weight, X.rows, X.rows, "weight of the training rows");
    if (isPosterior !== (criteria === undefined)) throw new Error("criteria are there for maximum likelihood, and for nothing else");
    if (criteria !== undefined) {
      const { logLikelihood, aic, bic } = criteria;
      const size = Math.abs(logLikelihood);
      comparison.number(logLikelihood, compensatedSum(found), size, "log-likelihood");
      comparison.number(objective.value, logLikelihood, size, "objective");
      comparison.number(aic, 2 * (nParameters - logLikelihood), size, "aic");
      comparison.number(bic, nParameters * Math.log(X.rows) - 2 * logLikelihood, size, "bic");
    }
    return comparison.figure();
  },
};

/** Laws of mixtures. */
export const mixtureLaws: readonly EstimatorLaw[] = [adds];
