import type { Objective, Optimum, Visited } from "../concentrate/concentrate.ts";
import { concentrate } from "../concentrate/concentrate.ts";
import type { Sample } from "../concentrate/sample.ts";
import { startNames } from "../starts/deterministic.ts";
import type { Run, SearchContext, SearchResult } from "./context.ts";
import { MAX_STEPS, restartsOf } from "./context.ts";
import { startsOf } from "./starts.ts";

/**
 * DetMCD: concentration steps from six deterministic starts, the least determinant of which is taken. A start that comes to a subset where
 * another has been goes no further, and a subset on a hyperplane ends the search: no determinant is less than 0.
 *
 * @see Hubert, Rousseeuw & Verdonck, A deterministic algorithm for robust location and scatter, JCGS 21 (2012)
 */
export async function deterministicSearch(sample: Sample, objective: Objective, context: SearchContext): Promise<SearchResult> {
  const subsets: Visited = new Map();
  const optima: Optimum[] = [];
  const runs: Run[] = [];
  for await (const { distances } of startsOf(sample, sample, objective.count, context)) {
    const search = runs.length;
    const found = await concentrate(sample, distances, objective, {
      maxSteps: MAX_STEPS,
      visited: { subsets, search },
      onStep: (step, logDeterminant) => context.onStep(search, startNames.length, step, logDeterminant),
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
