import type { Objective, Optimum, Visited } from "../concentrate/concentrate.ts";
import { concentrate } from "../concentrate/concentrate.ts";
import type { Sample, Shape } from "../concentrate/sample.ts";
import { squaredDistances } from "../concentrate/sample.ts";
import type { Run } from "./context.ts";
import { MAX_STEPS } from "./context.ts";

/** The optima that concentration steps from given ellipsoids lead to; those that meet another are left out. */
export async function optimaFrom(
  sample: Sample,
  shapes: readonly Shape[],
  objective: Objective,
  onStep: (search: number, step: number, logDeterminant: number) => void,
  maxSteps: number = MAX_STEPS,
): Promise<{ readonly optima: readonly Optimum[]; readonly runs: readonly Run[] }> {
  const subsets: Visited = new Map();
  const optima: Optimum[] = [];
  const runs: Run[] = [];
  for (const [search, shape] of shapes.entries()) {
    const found = await concentrate(sample, await squaredDistances(sample, shape), objective, {
      maxSteps,
      visited: { subsets, search },
      onStep: (step, logDeterminant) => onStep(search, step, logDeterminant),
    });
    if ("joined" in found) continue;
    optima.push(found);
    runs.push({ converged: found.converged, iterations: found.steps.length, logDeterminant: found.logDeterminant });
  }
  return { optima, runs };
}
