import type { Random } from "@mixtura/core/authoring";
import { whitened } from "../concentrate/concentrate.ts";
import { flooredWhitening } from "../concentrate/floored.ts";
import type { Sample } from "../concentrate/sample.ts";
import { spreadOf } from "../concentrate/sample.ts";
import { consistencyFactor, NO_CORRECTION, smallSampleFactor } from "../correction.ts";
import type { StandardisedEstimate } from "../estimate.ts";
import { corrected } from "../estimate.ts";
import type { Flat } from "../flat.ts";
import { rowsOnFlat } from "../flat.ts";
import type { CorrectionRule } from "../options.ts";
import { reweighted } from "../reweight.ts";
import type { SearchContext, SearchResult } from "../search/context.ts";
import { deterministicSearch } from "../search/deterministic.ts";
import { planeThroughDrawn } from "../search/drawn-planes.ts";
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

/** Arguments of a search. */
export interface Problem {
  /** Rows of the subset, h, and h as a fraction. */
  readonly count: number;
  readonly fraction: number;
  readonly search: Search;
  /** What the reweighted covariance is corrected for. */
  readonly rule: CorrectionRule;
}

/** The minimum covariance determinant of a sample, reweighted; or the hyperplane that h rows lie on. */
export async function minimumDeterminant(
  sample: Sample,
  { count, fraction, search, rule }: Problem,
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
  const passedBy = await flatSubset(sample, count);
  if (passedBy !== undefined) return { flat: await rowsOnFlat(sample, passedBy), restarts };
  const raw = { consistency: consistencyFactor(count / n, p), smallSample: smallSampleFactor("raw", p, n, fraction) };
  const { distances, location } = best;
  const final = await reweighted(sample, { distances, location, correction: raw }, { fraction, rule });
  const part = { location: best.location, covariance: corrected(best.covariance, raw), labels: best.labels };
  return {
    raw: part,
    final: final === undefined ? part : { ...final, covariance: corrected(final.covariance, final.correction) },
    logDeterminant: best.logDeterminant,
    supportCount: count,
    corrections: { raw, reweighted: final?.correction ?? raw },
    restarts,
    steps: best.steps,
    converged: best.converged,
  };
}

/** A subset on a hyperplane that a search passed by: no determinant is less than its. */
async function flatSubset(sample: Sample, count: number): Promise<Parameters<typeof rowsOnFlat>[1] | undefined> {
  const labels = await planeThroughDrawn(sample, count);
  if (labels === undefined) return undefined;
  const { location, covariance } = await spreadOf(sample, labels, new Float64Array(sample.columns));
  return whitened(covariance, sample.columns) === undefined ? { labels, location, covariance } : undefined;
}

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
    corrections: { raw: NO_CORRECTION, reweighted: NO_CORRECTION },
    singular: true,
    restarts,
    steps: [],
    converged: true,
  };
}
