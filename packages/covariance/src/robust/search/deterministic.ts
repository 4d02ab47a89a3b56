import type { Objective, Optimum, Visited } from "../concentrate/concentrate.ts";
import { concentrate } from "../concentrate/concentrate.ts";
import type { Sample } from "../concentrate/sample.ts";
import { scaleFor } from "../scale/scale.ts";
import { deterministicStarts, startNames } from "../starts/deterministic.ts";
import type { Run, SearchContext, SearchResult } from "./context.ts";
import { MAX_STEPS, restartsOf } from "./context.ts";

/**
 * DetMCD: concentration steps from six deterministic starts, the least determinant of which is taken. A start that comes to a subset where
 * another has been goes no further, and a subset on a hyperplane ends the search: no determinant is less than 0.
 *
 * @see Hubert, Rousseeuw & Verdonck, A deterministic algorithm for robust location and scatter, JCGS 21 (2012)
 */
export async function deterministicSearch(sample: Sample, objective: Objective, { backend, pace, onStep }: SearchContext): Promise<SearchResult> {
  const subsets: Visited = new Map();
  const optima: Optimum[] = [];
  const runs: Run[] = [];
  for await (const start of deterministicStarts(sample, scaleFor(sample.rows), backend, pace)) {
    const search = runs.length;
    const found = await concentrate(sample, start, objective, {
      maxSteps: MAX_STEPS,
      visited: { subsets, search },
      onStep: (step, logDeterminant) => onStep(search, startNames.length, step, logDeterminant),
    });
    if ("joined" in found) {
      runs.push(runs[found.joined]!);
      optima.push(optima[found.joined]!);
      continue;
    }
    runs.push({ converged: found.converged, iterations: found.steps.length, logDeterminant: found.logDeterminant });
    optima.push(found);
    if (found.distances === undefined) break;
  }
  const { chosen, restarts } = restartsOf(runs);
  return { best: optima[chosen]!, restarts };
}
