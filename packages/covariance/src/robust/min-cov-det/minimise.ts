import type { Random } from "@mixtura/core";
import { lifted } from "../concentrate/lifted.ts";
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
import { whitened } from "../concentrate/concentrate.ts";

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
  { count, share, search }: { readonly count: number; readonly share: number; readonly search: Search },
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
  const raw = { consistency: consistencyFactor(count / n, p), smallSample: smallSampleFactor("raw", p, n, share) };
  const final = await reweighted(sample, best.distances, best.location, raw, share);
  const covariance = corrected(final.covariance, final.correction);
  return {
    raw: { location: best.location, covariance: corrected(best.covariance, raw), labels: best.labels },
    // Reweighted rows include those of the subset but for the odd row: singular only where the subset nearly was.
    final: { location: final.location, covariance: whitened(covariance, p) === undefined ? lifted(covariance, p) : covariance, labels: final.labels },
    logDeterminant: best.logDeterminant,
    supportCount: count,
    corrections: { raw, reweighted: final.correction },
    restarts,
    steps: best.steps,
    converged: best.converged,
  };
}

const NONE = { consistency: 1, smallSample: 1 };

/** What is left without regularisation where h rows lie on a hyperplane: all rows on it, and a width that keeps distances from it finite. */
export async function exactFitEstimate(sample: Sample, { flat, restarts }: ExactFit): Promise<StandardisedEstimate> {
  const { columns: p } = sample;
  const { location, covariance } = await spreadOf(sample, flat.labels, flat.location);
  const part = { location, covariance: lifted(covariance, p), labels: flat.labels };
  return {
    raw: part,
    final: part,
    logDeterminant: whitened(part.covariance, p)!.logDeterminant,
    supportCount: flat.count,
    corrections: { raw: NONE, reweighted: NONE },
    restarts,
    steps: [],
    converged: true,
  };
}
