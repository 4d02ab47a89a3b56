import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { Comparison, Tolerance } from "../../comparison.ts";
import { createComparison } from "../../comparison.ts";
import type { Change, DataCopy } from "./data-copy.ts";
import { copyOf } from "./data-copy.ts";
import { decisions, requireSameLabels } from "./decisive.ts";
import type { ModelUnderTest } from "./model.ts";
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
    await compareCopies(trial, { "shift 1e8": { shift: 1e8 } }, comparison);
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
    await compareCopies(trial, Object.fromEntries(due.map((scale) => [`scale ${scale.join(", ")}`, { scale }])), comparison);
    return comparison.figure();
  },
};

const permutation: EstimatorLaw = {
  id: "equivariance/permutation",
  needs: [],
  claim: "gives permuted rows their labels and scores, permuted",
  async check(trial) {
    const comparison = createComparison(SCORE);
    await compareCopies(trial, { permutation: { rows: createRandom(31).permutation(trial.data.rows) } }, comparison);
    return comparison.figure();
  },
};

/** Fits the data and changed copies of them from every start, and compares labels and scores. */
async function compareCopies(trial: EstimatorUnderTest, changes: Readonly<Record<string, Change>>, comparison: Comparison): Promise<void> {
  const plain = copyOf(trial.data);
  for (const [index, start] of trial.starts.entries()) {
    const model = await trial.fit(plain.X, start(plain.copy));
    for (const [name, change] of Object.entries(changes)) {
      const changed = copyOf(trial.data, change);
      const other = await trial.fit(changed.X, start(changed.copy));
      await compareModels(
        trial,
        { model, X: plain.X },
        { model: other, X: changed.X, copy: changed.copy },
        comparison,
        `${name}, start ${index}`,
      );
    }
  }
}

async function compareModels(
  trial: EstimatorUnderTest,
  right: { readonly model: ModelUnderTest; readonly X: Matrix },
  found: { readonly model: ModelUnderTest; readonly X: Matrix; readonly copy: DataCopy },
  comparison: Comparison,
  where: string,
): Promise<void> {
  const { rows: order, scale } = found.copy;
  if (found.model.predict !== undefined && right.model.predict !== undefined) {
    requireSameLabels(await found.model.predict(found.X), await decisions(right.model, right.X), order, where);
  }
  if (trial.scaledScore === undefined) return;
  if (found.model.score !== undefined && right.model.score !== undefined) {
    const score = trial.scaledScore(await right.model.score(right.X), scale);
    comparison.number(await found.model.score(found.X), score, Math.max(scoreScale(trial), Math.abs(score)), `score, ${where}`);
  }
  // Means near 1e8 are themselves rounded to 2⁻²⁶: that moves the scores of single rows, though not their mean, which is stationary there.
  if (!found.copy.shifted && found.model.scoreSamples !== undefined && right.model.scoreSamples !== undefined) {
    const scores = await right.model.scoreSamples(right.X);
    const moved = Float64Array.from(order, (row) => trial.scaledScore!(scores[row]!, scale));
    comparison.list(
      await found.model.scoreSamples(found.X),
      moved,
      moved.map((value) => Math.max(1, Math.abs(value))),
      `scoreSamples, ${where}`,
    );
  }
}

/** A mean log-density is compared absolutely where it is below 1: a factor of the density is what it is. Other scores have no such scale. */
function scoreScale({ capabilities }: EstimatorUnderTest): number {
  return capabilities.has("density") ? 1 : 0;
}

/** Laws of data that are the same but for a change that must not matter. */
export const equivarianceLaws: readonly EstimatorLaw[] = [shift, scaling, permutation];
