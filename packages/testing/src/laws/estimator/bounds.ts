import { createComparison } from "../../comparison.ts";
import { copyOf } from "./data-copy.ts";
import { boundsOf, restartsOf } from "./model.ts";
import type { EstimatorLaw } from "./subject.ts";

/** Seeds of the drawn starts in addition to the subject's own. */
const SEEDS = [1, 2, 3, 4];

const monotone: EstimatorLaw = {
  id: "bounds/never-fall",
  needs: ["monotone"],
  claim: "never lowers its bound from one iteration to the next, regularisation switched off",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-12,
      unit: "relative",
      reason: "a theorem (Dempster, Laird & Rubin 1977; Lloyd 1982); the rest is the rounding of a mean over all rows",
    });
    const { X, copy } = copyOf(trial.data);
    const starts = [...trial.starts.map((start) => start(copy)), ...SEEDS.map((randomState) => ({ randomState }))];
    for (const [index, start] of starts.entries()) {
      const { trace } = await trial.fit(X, { ...trial.unregularised, ...start });
      const lowerBounds = boundsOf(trace);
      const end = restartsOf(trace).find(({ chosen }) => chosen)?.score;
      const bounds = end === undefined ? lowerBounds : [...lowerBounds, end];
      if (bounds.length === 0) throw new Error(`start ${index}: the trace holds no bounds`);
      for (const [step, bound] of bounds.slice(1).entries()) {
        const before = bounds[step]!;
        comparison.number(Math.min(bound, before), before, Math.max(Math.abs(before), Math.abs(bound)), `step ${step} from start ${index}`);
      }
    }
    return comparison.figure();
  },
};

/** Laws of the objective. */
export const boundLaws: readonly EstimatorLaw[] = [monotone];
