import type { Matrix } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import type { Comparison } from "../../comparison.ts";
import { createComparison, requireSame } from "../../comparison.ts";
import { compensatedSum } from "../../naive/sum.ts";
import { copyOf } from "./data-copy.ts";
import type { MixtureView, ModelUnderTest } from "./model.ts";
import { method, mixtureView } from "./model.ts";
import { gridAround, smoothRows } from "./quadrature.ts";
import type { EstimatorLaw } from "./subject.ts";

const ROWS = 20_000;

/** A mean and a covariance that are right. */
interface Truth {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

const FOUR_SIGMA = {
  value: 4,
  unit: "standard errors",
  reason: "a sound sampler is off by more once in 16 000 comparisons, and the seed is fixed",
};

const sampleMoments: EstimatorLaw = {
  id: "sampling/moments",
  needs: ["host", "sampling"],
  claim: "draws rows whose mean, covariance and labels are those of the model",
  async check(trial) {
    const comparison = createComparison(FOUR_SIGMA);
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const mixture = mixtureView(model);
    if (mixture !== undefined) compareWithMixture(model, mixture, comparison);
    if (trial.capabilities.has("density")) {
      const few = smoothRows(trial.data, Math.min(2, trial.data.columns));
      const flat = await trial.fit(few);
      const sample = method(flat, "sample")(ROWS, { randomState: 61 }).X;
      compareMoments(sample, await momentsByGrid(flat, few), comparison, "against the density");
    }
    return comparison.figure();
  },
};

const sampleSeed: EstimatorLaw = {
  id: "sampling/seed",
  needs: ["host", "sampling"],
  claim: "draws the same rows for the same seed, others for another seed, and rejects what is not a number of rows",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const draw = (n: number, randomState?: number): Matrix =>
      method(model, "sample")(n, randomState === undefined ? {} : { randomState }).X;
    requireSame(draw(50, 5).data, draw(50, 5).data, "a second sample of seed 5");
    if (draw(50, 5).data.every((value, at) => value === draw(50, 6).data[at])) throw new Error("seeds 5 and 6 give the same rows");
    if (draw(50).data.every((value, at) => value === draw(50).data[at])) throw new Error("two samples without a seed give the same rows");
    if (draw(1, 5).rows !== 1 || draw(50, 5).columns !== X.columns) throw new Error("the sample does not have the requested size");
    for (const n of [0, -1, 1.5, Number.NaN, Infinity]) {
      try {
        draw(n, 5);
      } catch (error) {
        if (isMixturaError(error, "invalid-option")) continue;
        throw error;
      }
      throw new Error(`a sample of ${n} rows was drawn`);
    }
  },
};

/** Mean, covariance and frequencies of labels against the parameters of a mixture. */
function compareWithMixture(model: ModelUnderTest, mixture: MixtureView, comparison: Comparison): void {
  const { X, labels } = method(model, "sample")(ROWS, { randomState: 62 });
  const { weights, means } = mixture;
  const d = means.columns;
  const count = means.rows;
  const axes = Array.from({ length: d }, (_, j) => j);
  const at = (k: number, j: number): number => means.data[k * d + j]!;
  const covariances = Array.from({ length: count }, (_, k) => mixture.covariance(k).data);
  const mixed = (value: (k: number) => number): number => compensatedSum(Array.from({ length: count }, (_, k) => weights[k]! * value(k)));
  const mean = axes.map((j) => mixed((k) => at(k, j)));
  const covariance = axes.map((i) =>
    axes.map((j) => mixed((k) => covariances[k]![i * d + j]! + (at(k, i) - mean[i]!) * (at(k, j) - mean[j]!))),
  );
  compareMoments(X, { mean, covariance }, comparison, "against the parameters");
  if (labels === undefined) return;
  for (let k = 0; k < count; k++) {
    const frequency = Array.from(labels).filter((label) => label === k).length / ROWS;
    const error = Math.sqrt((weights[k]! * (1 - weights[k]!)) / ROWS);
    comparison.number(frequency, weights[k]!, error || Number.EPSILON, `frequency of label ${k}`);
  }
}

/** The mean and covariance of a density, by summing over a grid. */
async function momentsByGrid(model: ModelUnderTest, X: Matrix): Promise<Truth> {
  const { points, cell } = gridAround(X);
  const d = points.columns;
  const masses = (await method(model, "scoreSamples")(points)).map((value) => cell * Math.exp(value));
  const axes = Array.from({ length: d }, (_, j) => j);
  const expected = (value: (row: number) => number): number => compensatedSum(masses.map((mass, row) => mass * value(row)));
  const mean = axes.map((j) => expected((row) => points.data[row * d + j]!));
  const off = (row: number, j: number): number => points.data[row * d + j]! - mean[j]!;
  return { mean, covariance: axes.map((i) => axes.map((j) => expected((row) => off(row, i) * off(row, j)))) };
}

/** A sample's mean and covariance, each in standard errors taken from the sample itself. */
function compareMoments({ data, rows, columns: d }: Matrix, { mean, covariance }: Truth, comparison: Comparison, where: string): void {
  const statistic = (value: (row: number) => number, right: number, what: string): void => {
    const values = Float64Array.from({ length: rows }, (_, row) => value(row));
    const average = compensatedSum(values) / rows;
    const error = Math.sqrt(compensatedSum(values.map((found) => (found - average) ** 2))) / rows;
    comparison.number(average, right, error, `${what} ${where}`);
  };
  const off = (row: number, j: number): number => data[row * d + j]! - mean[j]!;
  for (let i = 0; i < d; i++) {
    statistic((row) => data[row * d + i]!, mean[i]!, `mean of feature ${i}`);
    for (let j = 0; j <= i; j++) statistic((row) => off(row, i) * off(row, j), covariance[i]![j]!, `covariance of features ${i} and ${j}`);
  }
}

/** Laws of drawing rows. */
export const samplingLaws: readonly EstimatorLaw[] = [sampleMoments, sampleSeed];
