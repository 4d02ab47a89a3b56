import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { Comparison, Tolerance } from "../../comparison.ts";
import { createComparison } from "../../comparison.ts";
import { copyOf, everyRow } from "./data-copy.ts";
import { decisions, requireSameLabels } from "./decisive.ts";
import type { ModelUnderTest } from "./model.ts";
import { parameters } from "./payload.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";

const SAME_FIT: Tolerance = {
  value: 1e-9,
  unit: "relative",
  reason: "the sums run over other numbers of terms and so round otherwise, iteration after iteration",
};

/** A fit, the rows it saw and their weights. */
interface Weighted {
  readonly model: ModelUnderTest;
  readonly X: Matrix;
  readonly sampleWeight?: Float64Array;
}

const repeated: EstimatorLaw = {
  id: "weights/repeated-rows",
  needs: ["weights"],
  claim: "treats an integer weight like that number of copies of the row: same labels, score and parameters",
  async check(trial) {
    const random = createRandom(41);
    const weights = Float64Array.from({ length: trial.data.rows }, () => 1 + random.integer(4));
    return compareWeighted(
      trial,
      weights,
      Int32Array.from([...weights].flatMap((weight, row) => Array.from({ length: weight }, () => row))),
    );
  },
};

const leftOut: EstimatorLaw = {
  id: "weights/left-out-rows",
  needs: ["weights"],
  claim: "treats a weight of zero like a row that is not there, however far away the row lies",
  async check(trial) {
    const random = createRandom(42);
    const weights = Float64Array.from({ length: trial.data.rows }, () => (random.integer(4) === 0 ? 0 : 1));
    return compareWeighted(
      trial,
      weights,
      everyRow(trial.data.rows).filter((row) => weights[row] !== 0),
    );
  },
};

const ones: EstimatorLaw = {
  id: "weights/ones",
  needs: ["weights"],
  claim: "treats weights of one like no weights, also where starts are drawn",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const sampleWeight = new Float64Array(X.rows).fill(1);
    const comparison = createComparison(SAME_FIT);
    const plain = { model: await trial.fit(X), X };
    await compareFits({ model: await trial.fit(X, {}, { sampleWeight }), X, sampleWeight }, plain, comparison, "drawn start");
    return comparison.figure();
  },
};

async function compareWeighted(
  trial: EstimatorUnderTest,
  sampleWeight: Float64Array,
  rows: Int32Array,
): Promise<ReturnType<Comparison["figure"]>> {
  const comparison = createComparison(SAME_FIT);
  const all = copyOf(trial.data);
  const expanded = copyOf(trial.data, { rows });
  // A row that does not count may hold anything finite.
  const X = { ...all.X, data: all.X.data.map((value, at) => (sampleWeight[Math.floor(at / all.X.columns)] === 0 ? value + 1e6 : value)) };
  for (const [index, start] of trial.starts.entries()) {
    const weighted = { model: await trial.fit(X, start(all.copy), { sampleWeight }), X, sampleWeight };
    const plain = { model: await trial.fit(expanded.X, start(expanded.copy)), X: expanded.X };
    await compareFits(weighted, plain, comparison, `start ${index}`);
  }
  return comparison.figure();
}

/** Compares the labels of the plain rows, the scores of each model on its own data, and the parameters. */
async function compareFits(found: Weighted, right: Weighted, comparison: Comparison, where: string): Promise<void> {
  if (found.model.predict !== undefined && right.model.predict !== undefined) {
    requireSameLabels(await found.model.predict(right.X), await decisions(right.model, right.X), everyRow(right.X.rows), where);
  }
  if (found.model.score !== undefined && right.model.score !== undefined) {
    const { sampleWeight } = found;
    const score = await right.model.score(right.X);
    comparison.number(
      await found.model.score(found.X, sampleWeight === undefined ? {} : { sampleWeight }),
      score,
      Math.abs(score),
      `score, ${where}`,
    );
  }
  const wanted = parameters(right.model);
  for (const [name, values] of Object.entries(parameters(found.model))) {
    const reference = wanted[name] ?? [];
    const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    comparison.list(values, reference, largest, `${name}, ${where}`);
  }
}

/** Laws of sample weights: they are frequencies. */
export const weightLaws: readonly EstimatorLaw[] = [repeated, leftOut, ones];
