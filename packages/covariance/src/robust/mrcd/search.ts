import type { Matrix } from "@mixtura/core";
import { symmetricEigenInTurns } from "@mixtura/backend/internal/algebra";
import type { Objective, Optimum, Visited } from "../concentrate/concentrate.ts";
import { concentrate, whitened } from "../concentrate/concentrate.ts";
import type { Sample, Spread } from "../concentrate/sample.ts";
import { openSample, releaseSample, spreadOf, squaredDistances } from "../concentrate/sample.ts";
import type { Flat } from "../flat.ts";
import { consistencyFactor, NO_CORRECTION } from "../correction.ts";
import type { Reweighted } from "../reweight.ts";
import { reweighted } from "../reweight.ts";
import type { Run, SearchContext, SearchResult } from "../search/context.ts";
import { MAX_STEPS, restartsOf } from "../search/context.ts";
import type { Start } from "../search/starts.ts";
import { startsOf } from "../search/starts.ts";
import { reduced, restored } from "./reduction.ts";
import type { Target, TargetName } from "./target.ts";
import { logDeterminantOf, sphereByTarget, targetOf, unsphereByTarget } from "./target.ts";
import { tiedSpread } from "./tied.ts";
import { commonWeight, leastWeight } from "./weight.ts";

/** Arguments of a regularised search. */
export interface RegularisedProblem {
  /** Rows of a subset, h. */
  readonly count: number;
  readonly target: TargetName;
  /** The condition number that the weight of the target is chosen for. */
  readonly maxCondition: number;
  /** The weight itself, where it is given. */
  readonly weight?: number | undefined;
  /** Rows that are known to lie on a hyperplane, in coordinates in which the target is the identity: the subset itself where no start sees any of it. */
  readonly flat?: Flat | undefined;
  /** Columns whose variances are 1 at least: those in which many rows agree. */
  readonly tied?: readonly number[];
}

/** A location and a covariance in standardised coordinates, mixed with a target. */
interface Mixture {
  readonly location: Float64Array;
  /** ρ T + (1 − ρ) (c S + E), E being the spread that columns have in which many rows agree. */
  readonly covariance: Float64Array;
}

/** What a regularised search found. */
export interface Regularised extends SearchResult, Mixture {
  /** Rows of the subset. */
  readonly count: number;
  readonly logDeterminant: number;
  /** Of the rows that the subset's estimate calls no outliers; nothing where there were too few rows to say, and on an exact fit. */
  readonly reweighted: (Mixture & Pick<Reweighted, "labels" | "correction">) | undefined;
  /** ρ */
  readonly weight: number;
  /** c */
  readonly consistency: number;
  readonly target: Target;
}

/**
 * MRCD: the subset for which ρ T + (1 − ρ) c S has the least determinant, by concentration steps from the deterministic starts. The weight ρ is
 * chosen once, from what the starts need to be well conditioned.
 *
 * @param rows standardised
 * @see Boudt, Rousseeuw, Vanduffel & Verdonck, The minimum regularized covariance determinant estimator, Statistics and Computing 30 (2020)
 */
export async function regularisedSearch(rows: Matrix, problem: RegularisedProblem, context: SearchContext): Promise<Regularised> {
  const { rows: n, columns: p } = rows;
  const { backend, pace, onStep } = context;
  const { count, maxCondition, tied = [] } = problem;
  const target = await targetOf(problem.target, rows, pace);
  const sphered = target.correlation === 0 ? rows : { ...rows, data: rows.data.slice() };
  await sphereByTarget(sphered, target, pace);
  const reduction = n <= p ? await reduced(sphered, backend, pace) : undefined;
  const { columns: r } = reduction?.rows ?? sphered;
  const spread = reduction === undefined ? tiedSpread(tied, target, p) : undefined;
  let consistency = consistencyFactor(count / n, p);
  const sample = openSample(reduction?.rows ?? sphered, backend, pace);
  try {
    const starts: Start[] = [];
    for await (const start of startsOf(sphered, sample, count, context)) starts.push(start);
    const needOf = async (covariance: Float64Array): Promise<number> => {
      const { values } = await symmetricEigenInTurns(mixed(covariance, r, { weight: 0, consistency, spread }), r, pace);
      return leastWeight({ largest: values.at(-1)!, least: r < p ? 0 : values[0]! }, maxCondition);
    };
    const needs: number[] = [];
    for (const { covariance } of starts) needs.push(await needOf(await covariance()));
    // Steps would lead from rows on a hyperplane that no start sees to where the starts lead.
    const passedBy = problem.flat === undefined || needs.some((need) => need > 0) ? undefined : await spreadOfFlat(sample, problem.flat);
    if (passedBy !== undefined) {
      consistency = consistencyFactor(passedBy.count / n, p);
      needs.push(await needOf(passedBy.covariance));
    }
    let weight = problem.weight ?? commonWeight(needs);
    let found: SearchResult | undefined;
    for (;;) {
      const chosen = starts.filter((_, index) => !(needs[index]! > weight));
      const matrixOf = (covariance: Float64Array): Float64Array => mixed(covariance, r, { weight, consistency, spread });
      found = passedBy === undefined ? undefined : await asFound(sample, passedBy, matrixOf);
      found ??= await optimumFrom(sample, chosen.length > 0 ? chosen : starts, { count, matrixOf }, onStep);
      if (found.best.distances !== undefined) break;
      // Well-conditioned starts led to a subset without spread in some direction: now that subset says what is needed.
      weight = Math.max(2 * weight, await needOf(found.best.covariance));
    }
    const { best, restarts } = found;
    const mixture = mixed(best.covariance, r, { weight, consistency, spread });
    const whole =
      reduction === undefined
        ? { location: best.location.slice(), covariance: mixture }
        : restored(reduction, best.location, mixture, weight);
    unsphereByTarget(whole.location, whole.covariance, target);
    // Of no more rows than columns distances do not tell which are clean; on an exact fit its rows are the estimate.
    const final =
      reduction === undefined && problem.flat === undefined
        ? await reweighted(
            sample,
            { distances: best.distances!, location: best.location, correction: NO_CORRECTION },
            {
              fraction: count / n,
              rule: "nominal",
              matrixOf: (covariance, ofRows) =>
                mixed(covariance, p, { weight, consistency: ofRows, spread: tiedSpread(tied, target, p, covariance) }),
            },
          )
        : undefined;
    if (final !== undefined) unsphereByTarget(final.location, final.covariance, target);
    const logDeterminant = best.logDeterminant + (p - sample.columns) * Math.log(weight > 0 ? weight : 1) + logDeterminantOf(target, p);
    return { best, count: passedBy?.count ?? count, restarts, ...whole, reweighted: final, logDeterminant, weight, consistency, target };
  } finally {
    releaseSample(sample);
  }
}

/** Rows on a hyperplane, with the mean and the covariance of just these. */
async function spreadOfFlat(sample: Sample, { labels, location }: Flat): Promise<Spread & Pick<Flat, "labels">> {
  return { ...(await spreadOf(sample, labels, location)), labels };
}

/** A subset as what a search found, without a search. */
async function asFound(
  sample: Sample,
  { labels, location, covariance }: Spread & Pick<Flat, "labels">,
  matrixOf: (covariance: Float64Array) => Float64Array,
): Promise<SearchResult> {
  const shape = whitened(matrixOf(covariance), sample.columns);
  const { whitening, logDeterminant } = shape ?? { whitening: new Float64Array(covariance.length), logDeterminant: -Infinity };
  const distances = shape === undefined ? undefined : await squaredDistances(sample, { location, whitening });
  const best = { labels, location, covariance, whitening, logDeterminant, distances, steps: [logDeterminant], converged: true };
  return { best, restarts: restartsOf([{ converged: true, iterations: 1, logDeterminant }]).restarts };
}

async function optimumFrom(
  sample: Sample,
  starts: readonly Start[],
  objective: Objective,
  onStep: SearchContext["onStep"],
): Promise<SearchResult> {
  const subsets: Visited = new Map();
  const optima: Optimum[] = [];
  const runs: Run[] = [];
  for (const [search, { distances }] of starts.entries()) {
    const found = await concentrate(sample, distances, objective, {
      maxSteps: MAX_STEPS,
      visited: { subsets, search },
      onStep: (step, logDeterminant) => onStep(search, starts.length, step, logDeterminant),
    });
    const joined = "joined" in found ? found.joined : undefined;
    optima.push(joined === undefined ? (found as Optimum) : optima[joined]!);
    const { converged, steps, logDeterminant } = optima.at(-1)!;
    runs.push({ converged, iterations: steps.length, logDeterminant });
  }
  const { chosen, restarts } = restartsOf(runs);
  return { best: optima[chosen]!, restarts };
}

/** How a covariance is mixed with the target. */
interface Mixing {
  readonly weight: number;
  readonly consistency: number;
  readonly spread: Float64Array | undefined;
}

/** ρ I + (1 − ρ) (c S + E) */
function mixed(covariance: Float64Array, p: number, { weight, consistency, spread }: Mixing): Float64Array {
  const out = covariance.map((value, at) => (1 - weight) * (consistency * value + (spread?.[at] ?? 0)));
  for (let j = 0; j < p; j++) out[j * p + j]! += weight;
  return out;
}
