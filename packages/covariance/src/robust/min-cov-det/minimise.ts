import type { Random } from "@mixtura/core/authoring";
import { whitened } from "../concentrate/concentrate.ts";
import { flooredWhitening } from "../concentrate/floored.ts";
import type { Sample } from "../concentrate/sample.ts";
import { spreadOf } from "../concentrate/sample.ts";
import { consistencyFactor, smallSampleFactor } from "../correction.ts";
import type { StandardisedEstimate } from "../estimate.ts";
import { corrected } from "../estimate.ts";
import type { Flat } from "../flat.ts";
import { rowsOnFlat } from "../flat.ts";
import { reweighted } from "../reweight.ts";
import type { SearchContext, SearchResult } from "../search/context.ts";
import { deterministicSearch } from "../search/deterministic.ts";
import { fastSearch } from "../search/fast.ts";
import { partitionedFrom, partitionedSearch } from "../search/partitioned.ts";
import { univariateSearch } from "../search/univariate.ts";

/** How a subset is looked for. */
export type Search = { readonly algorithm: "det" } | { readonly algorithm: "fast"; readonly random: Random; readonly trials: number };

/** A subset without spread in some direction: the rows on that hyperplane, and how the search came there. */
export interface ExactFit {
  readonly flat: Flat;
  readonly restarts: SearchResult["restarts"];
}

/** The minimum covariance determinant of a sample, reweighted; or the hyperplane that h rows lie on. */
export async function minimumDeterminant(
  sample: Sample,
  { count, fraction, search }: { readonly count: number; readonly fraction: number; readonly search: Search },
  context: SearchContext,
): Promise<StandardisedEstimate | ExactFit> {
  const { rows: n, columns: p } = sample;
  const objective = { count };
  const { best, restarts } =
    p === 1
      ? await univariateSearch(sample, objective)
      : search.algorithm === "fast"
        ? await fastSearch(sample, objective, context, search)
        : n >= partitionedFrom(p)
          ? await partitionedSearch(sample, objective, context)
          : await deterministicSearch(sample, objective, context);
  if (best.distances === undefined) return { flat: await rowsOnFlat(sample, best), restarts };
  const raw = { consistency: consistencyFactor(count / n, p), smallSample: smallSampleFactor("raw", p, n, fraction) };
  const final = await reweighted(sample, best.distances, best.location, raw, fraction);
  const part = { location: best.location, covariance: corrected(best.covariance, raw), labels: best.labels };
  // The farthest rows of the subset may be too far for the quantile; of few rows, the others need not span all directions.
  const isDefinite = whitened(final.covariance, p) !== undefined;
  return {
    raw: part,
    final: isDefinite ? { ...final, covariance: corrected(final.covariance, final.correction) } : part,
    logDeterminant: best.logDeterminant,
    supportCount: count,
    corrections: { raw, reweighted: isDefinite ? final.correction : raw },
    restarts,
    steps: best.steps,
    converged: best.converged,
  };
}

const NONE = { consistency: 1, smallSample: 1 };

/** What is left without regularisation where h rows lie on a hyperplane: all rows on it. Their covariance is singular; a floor keeps distances finite. */
export async function exactFitEstimate(sample: Sample, { flat, restarts }: ExactFit): Promise<StandardisedEstimate> {
  const { columns: p } = sample;
  const { location, covariance } = await spreadOf(sample, flat.labels, flat.location);
  const part = { location, covariance, labels: flat.labels };
  const whitening = flooredWhitening(location, covariance);
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) logDeterminant -= 2 * Math.log(whitening[j * p + j]!);
  return {
    raw: part,
    final: part,
    logDeterminant,
    supportCount: flat.count,
    corrections: { raw: NONE, reweighted: NONE },
    singular: true,
    restarts,
    steps: [],
    converged: true,
  };
}
