import { createRandom } from "@mixtura/core";
import type { Comparison, Tolerance } from "../../comparison.ts";
import { createComparison } from "../../comparison.ts";
import type { Change } from "./data-copy.ts";
import { copyOf, everyRow } from "./data-copy.ts";
import { decisions, requireSameLabels } from "./decisive.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";

const SCORE: Tolerance = {
  value: 1e-9,
  unit: "relative",
  reason: "the copies differ in the last bits of their numbers, which some hundred sums over all rows carry along",
};

const shift: EstimatorLaw = {
  id: "equivariance/shift",
  needs: [],
  claim: "gives the same labels and the same score when 1e8 is added to every value",
  async check(trial) {
    const comparison = createComparison(SCORE);
    // The values are multiples of 2⁻²⁶, so that the sums with 1e8 are exact and the two data sets hold the same information.
    await compareCopies(trial, { shift: 1e8 }, comparison, "shift 1e8");
    return comparison.figure();
  },
};

const scaling: EstimatorLaw = {
  id: "equivariance/scale",
  needs: [],
  claim:
    "gives the same labels and the known change of score when the data are multiplied by 1e9 and by 1e−9, and feature by feature where it promises that",
  async check(trial) {
    const comparison = createComparison(SCORE);
    const { columns } = trial.data;
    const uniform = [1e9, 1e-9].map((factor) => Array.from({ length: columns }, () => factor));
    const mixed = [1, -1].map((sign) => Array.from({ length: columns }, (_, j) => 10 ** (sign * (j % 2 === 0 ? 9 : -9))));
    const due = { none: [], uniform, "per-feature": [...uniform, ...mixed] }[trial.scaling];
    for (const scale of due) await compareCopies(trial, { scale }, comparison, `scale ${scale.join(", ")}`);
    return comparison.figure();
  },
};

const permutation: EstimatorLaw = {
  id: "equivariance/permutation",
  needs: [],
  claim: "gives permuted rows their labels and scores, permuted",
  async check(trial) {
    const comparison = createComparison(SCORE);
    await compareCopies(trial, { rows: createRandom(31).permutation(trial.data.rows) }, comparison, "permutation");
    return comparison.figure();
  },
};

/** Fits the data and a changed copy from every start, and compares labels and scores. */
async function compareCopies(trial: EstimatorUnderTest, change: Change, comparison: Comparison, name: string): Promise<void> {
  const plain = copyOf(trial.data);
  const changed = copyOf(trial.data, change);
  const order = change.rows ?? everyRow(trial.data.rows);
  const scale = change.scale ?? Array.from({ length: trial.data.columns }, () => 1);
  for (const [index, start] of trial.starts.entries()) {
    const where = `${name}, start ${index}`;
    const model = await trial.fit(plain.X, start(plain.copy));
    const other = await trial.fit(changed.X, start(changed.copy));
    if (model.predict !== undefined && other.predict !== undefined) {
      requireSameLabels(await other.predict(changed.X), await decisions(model, plain.X), order, where);
    }
    if (trial.scaledScore === undefined) continue;
    if (model.score !== undefined && other.score !== undefined) {
      const right = trial.scaledScore(await model.score(plain.X), scale);
      comparison.number(await other.score(changed.X), right, Math.max(scoreScale(trial), Math.abs(right)), `score, ${where}`);
    }
    if (change.rows !== undefined && model.scoreSamples !== undefined && other.scoreSamples !== undefined) {
      const right = await model.scoreSamples(plain.X);
      const permuted = Float64Array.from(order, (row) => right[row]!);
      comparison.list(
        await other.scoreSamples(changed.X),
        permuted,
        permuted.map((value) => Math.max(1, Math.abs(value))),
        `scoreSamples, ${where}`,
      );
    }
  }
}

/** A mean log-density is compared absolutely where it is below 1: a factor of the density is what it is. Other scores have no such scale. */
function scoreScale({ capabilities }: EstimatorUnderTest): number {
  return capabilities.has("density") ? 1 : 0;
}

/** Laws of data that are the same but for a change that must not matter. */
export const equivarianceLaws: readonly EstimatorLaw[] = [shift, scaling, permutation];
