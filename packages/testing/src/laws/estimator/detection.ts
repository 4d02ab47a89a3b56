import type { OptionRange } from "@mixtura/core";
import { createComparison } from "../../comparison.ts";
import { copyOf, rowsOf } from "./data-copy.ts";
import { decisions } from "./decisive.ts";
import { method } from "./model.ts";
import type { EstimatorLaw, EstimatorUnderTest, Options } from "./subject.ts";

const decided: EstimatorLaw = {
  id: "detection/decisions",
  needs: ["outlier"],
  claim: "says −1 about the rows whose decision is negative, and decides by the score minus the threshold that it shows",
  async check(trial) {
    const comparison = createComparison({ value: 1e-12, unit: "relative", reason: "one subtraction" });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const verdicts = await method(model, "predict")(X);
    const values = await method(model, "decisionFunction")(X);
    for (let i = 0; i < X.rows; i++) {
      if (values[i]! < 0 !== (verdicts[i] === -1)) throw new Error(`row ${i} is judged ${verdicts[i]}, and its decision is ${values[i]}`);
    }
    if (model.isOutlier !== undefined) {
      const flags = await model.isOutlier(X);
      for (let i = 0; i < X.rows; i++) {
        if (Boolean(flags[i]) !== (verdicts[i] === -1))
          throw new Error(`row ${i} is judged ${verdicts[i]}, and isOutlier says ${flags[i]}`);
      }
    }
    const { threshold } = model;
    if (threshold === undefined || model.scoreSamples === undefined) return;
    const scores = await model.scoreSamples(X);
    comparison.list(
      values,
      scores.map((score) => score - threshold),
      scores.map((score) => Math.max(Math.abs(score), Math.abs(threshold), Number.MIN_VALUE)),
      "decisionFunction",
    );
    return comparison.figure();
  },
};

const ordered: EstimatorLaw = {
  id: "detection/ordering",
  needs: ["outlier"],
  claim: "scores every outlier below every other row",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    if (model.scoreSamples === undefined) return;
    const [scores, verdicts] = [await model.scoreSamples(X), await method(model, "predict")(X)];
    const of = (verdict: number): number[] => [...scores].filter((_, i) => verdicts[i] === verdict);
    const highest = of(-1).reduce((most, score) => Math.max(most, score), -Infinity);
    const lowest = of(1).reduce((least, score) => Math.min(least, score), Infinity);
    if (!(highest < lowest)) throw new Error(`an outlier scores ${highest}, another row ${lowest}`);
  },
};

const onePoint: EstimatorLaw = {
  id: "detection/one-point",
  needs: ["outlier"],
  claim: "judges one point as it judges the point among many, where the decision exceeds rounding",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-9,
      unit: "relative",
      reason: "a point is not centred before distances are taken, rows are",
    });
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const { point } = model;
    const batch = await decisions(model, X);
    const scores = point?.score === undefined ? undefined : await method(model, "scoreSamples")(X);
    for (const [i, x] of rowsOf(X).entries()) {
      const verdict = point?.isOutlier?.(x);
      if (verdict !== undefined && batch.decisive[i] && verdict !== (batch.labels[i] === -1))
        throw new Error(`row ${i} is judged ${batch.labels[i]}, and as a point isOutlier says ${verdict}`);
      if (scores !== undefined) comparison.number(point!.score!(x), scores[i]!, Math.max(1, Math.abs(scores[i]!)), `score of row ${i}`);
    }
    return scores === undefined ? undefined : comparison.figure();
  },
};

const contaminated: EstimatorLaw = {
  id: "detection/contamination",
  needs: ["outlier", "contamination"],
  claim: "calls the requested fraction of the training rows outliers, up to ties",
  async check(trial) {
    const { X } = copyOf(trial.data);
    for (const fraction of [0.01, 0.04, 0.1, 0.25, 0.4]) {
      const model = await trial.fit(X, contaminationOptions(trial, fraction));
      const verdicts = await method(model, "predict")(X);
      const scores = await method(model, "decisionFunction")(X);
      const count = Array.from(verdicts).filter((verdict) => verdict === -1).length;
      if (count > Math.ceil(fraction * X.rows))
        throw new Error(`${count} of ${X.rows} rows are outliers, requested was a fraction of ${fraction}`);
      // Where rows tie with the next one, all of them stay: with it, the fraction is reached.
      const next = scores.filter((score) => score >= 0).reduce((least, score) => Math.min(least, score), Infinity);
      const reached = scores.filter((score) => score <= next).length;
      if (reached < Math.floor(fraction * (X.rows - 1)))
        throw new Error(`only ${count} of ${X.rows} rows are outliers, requested was a fraction of ${fraction}`);
    }
  },
};

/** The option that takes a fraction of contamination, alone or as `{ contamination }`. */
export function contaminationOption(options: Readonly<Record<string, { readonly range: OptionRange }>>): string | undefined {
  return Object.keys(options).find((name) => name === "contamination" || takesContamination(options[name]!.range));
}

function takesContamination({ kind, alternatives = [], fields = {} }: OptionRange): boolean {
  return (kind === "object" && "contamination" in fields) || alternatives.some(takesContamination);
}

/** Options with this contamination, and without the claim that the training rows are clean where there is such an option. */
function contaminationOptions({ plugin: { options } }: EstimatorUnderTest, fraction: number): Options {
  const name = contaminationOption(options)!;
  return { [name]: name === "contamination" ? fraction : { contamination: fraction }, ...("novelty" in options ? { novelty: false } : {}) };
}

/** Laws of detectors. */
export const detectionLaws: readonly EstimatorLaw[] = [decided, ordered, onePoint, contaminated];
