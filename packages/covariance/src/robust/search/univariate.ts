import type { Objective, Optimum } from "../concentrate/concentrate.ts";
import { SINGULAR_CONDITION } from "../concentrate/concentrate.ts";
import type { Sample } from "../concentrate/sample.ts";
import { squaredDistances } from "../concentrate/sample.ts";
import { leastVariance } from "./least-variance.ts";
import type { SearchResult } from "./context.ts";
import { restartsOf } from "./context.ts";

/** The exact answer for one feature. The rows are in ascending order. */
export async function univariateSearch(sample: Sample, { count }: Objective): Promise<SearchResult> {
  const { start, mean, variance } = leastVariance(sample.data, count);
  const labels = new Int32Array(sample.rows).fill(-1).fill(0, start, start + count);
  const location = Float64Array.of(mean);
  const flat = !(variance * SINGULAR_CONDITION > 1);
  const whitening = Float64Array.of(flat ? 0 : 1 / Math.sqrt(variance));
  const logDeterminant = flat ? -Infinity : Math.log(variance);
  const distances = flat ? undefined : await squaredDistances(sample, { location, whitening });
  const steps = flat ? [] : [logDeterminant];
  const best: Optimum = {
    labels,
    location,
    covariance: Float64Array.of(variance),
    whitening,
    logDeterminant,
    distances,
    steps,
    converged: true,
  };
  const { restarts } = restartsOf([{ converged: true, iterations: steps.length, logDeterminant }]);
  return { best, restarts };
}
