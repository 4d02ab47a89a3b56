import type { Objective, Optimum } from "../concentrate/concentrate.ts";
import { concentrate } from "../concentrate/concentrate.ts";
import type { Sample } from "../concentrate/sample.ts";
import { inFull } from "../concentrate/sample.ts";
import { MAX_STEPS } from "./context.ts";

/**
 * Where a search was made in single precision: the optimum that steps in float64 come to from its subset. Rows near the edge of a subset, and whether
 * it lies on a hyperplane, are decided by float64 alone. An optimum found in float64 stays as it is.
 *
 * @remarks Seldom more than two steps.
 */
export async function settled(sample: Sample, best: Optimum, objective: Objective): Promise<Optimum> {
  const exact = await inFull(sample);
  if (exact === sample) return best;
  const start = best.distances ?? Float64Array.from(best.labels, (label) => -label);
  const found = (await concentrate(exact, start, objective, { maxSteps: MAX_STEPS })) as Optimum;
  const before = best.steps.filter((logDeterminant) => logDeterminant > (found.steps[0] ?? -Infinity));
  return { ...found, steps: [...before, ...found.steps] };
}
