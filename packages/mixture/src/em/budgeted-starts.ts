import type { Rows } from "@mixtura/backend/authoring";
import { shapes } from "@mixtura/backend/internal/factors";
import { WORK_PER_PAIR } from "@mixtura/backend/internal/rows";
import type { StartsTrace } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { createRandom, present } from "@mixtura/core/authoring";
import { leastOf } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { sampleOfRows } from "../starts/sample-of-rows.ts";
import type { EmState } from "./driver.ts";
import type { FitPlan, RestartResult } from "./fit-mixture.ts";
import type { Run, Session } from "./session.ts";

/** Most passes of all trials together, and most multiply-adds: a fraction of a second. */
const MOST_PASSES = 300;
const MOST_WORK = 1e9;
/** Trials that there are in any case. */
const LEAST_TRIALS = 2;
/** Rows above which trials run on a sample of so many. */
const TRIAL_ROWS = 5000;
/** Nats in all that a trial may leave: far less than what sets optima apart. */
const LOOSE = 0.3;
/** Ends of trials nearer than this, in nats in all, are taken for one optimum. */
const SAME = 2 * LOOSE;
/** So many trials that came to one optimum settle it. */
const AGREED = 12;
/** Optima that are compared at their ends, and how many nats below the best they may be to be worth it: trials end before their optima, and samples differ. */
const FINALISTS = 3;
const WORTH_COMPARING = 5;
/** Sets the random stream of the sample of trials apart from those of the starts. */
const TRIAL_STREAM = 0x57a9;

/** How a mixture of some size is to be started: nothing but sizes is asked, so that the same data are always started alike. */
export interface Budget {
  /** Passes over the rows of trials. */
  readonly passes: number;
  /** Rows of trials; all of the fit's where that is none. */
  readonly sample: number | undefined;
}

/** The budget for a mixture of these rows. */
export function budgetOf(kind: CovarianceKind, rows: Rows, nComponents: number): Budget {
  const { rows: count } = rows.profile;
  const sample = count <= TRIAL_ROWS ? undefined : TRIAL_ROWS;
  const pass = (sample ?? count) * nComponents * (shapes[kind.shape].work(rows.features) + WORK_PER_PAIR);
  return { passes: Math.min(MOST_PASSES, Math.floor(MOST_WORK / pass)), sample };
}

/** A start that was tried, and where it came to. */
interface Trial<Result> {
  readonly restart: number;
  readonly result: Result;
}

/** The start to follow to its end. */
export interface BestStart<Result> extends Trial<Result> {
  readonly starts: StartsTrace;
}

/** What starts are tried with. */
type Plan<State, Result extends RestartResult> = Pick<FitPlan<State, Result, unknown>, "start"> &
  Required<Pick<FitPlan<State, Result, unknown>, "goOn">>;

/**
 * Tries starts of the portfolio as long as the budget lasts, each until little is left to gain or until it will not end above the best; then compares the
 * best few at their ends, or on all rows where trials have a sample.
 *
 * @param trials the plan on the rows of trials, those of the fit or a sample of them
 */
export async function bestStart<State, Result extends RestartResult>(
  session: Session,
  plan: Plan<State, Result>,
  trials: Plan<State, Result>,
  budget: Budget,
  maxIter: number,
): Promise<BestStart<Result>> {
  const { estimator, seed, context, rows } = session;
  const { sample } = budget;
  const weight = sample ?? rows.profile.weight;
  const inNats = ({ result }: Trial<Result>): number => (result.objective / result.weight) * weight;
  const tried: Trial<Result>[] = [];
  let passes = 0;
  let reached: number | undefined;
  /** A run to its end, in silence but for how far the starts are. */
  const ended = async (run: Run<EmState<State>, Result>): Promise<Result> => {
    for (;;) {
      const next = await run.next();
      if (next.done) return next.value;
      const done = Math.min(1, passes / Math.max(1, budget.passes));
      context.onProgress?.({
        estimator,
        restart: 0,
        restarts: 1,
        maxIter,
        phase: "seeding",
        iteration: 0,
        done,
        ...present({ bound: reached }),
      });
    }
  };
  const isNearBest = (trial: Trial<Result>): boolean => !trial.result.degenerate && reached! * weight - inNats(trial) < SAME;
  const left = LOOSE / weight;
  for (let restart = 0; restart < LEAST_TRIALS || (passes < budget.passes && tried.filter(isNearBest).length < AGREED); restart++) {
    const how = { enough: { left, gain: left }, ...present({ reached }) };
    const result = await ended(await trials.start(restart, createRandom(seed, restart), how));
    tried.push({ restart, result });
    passes += result.passes;
    if (!result.degenerate) reached = Math.max(reached ?? -Infinity, result.objective / result.weight);
  }
  const optima = distinct(tried, inNats);
  const best = optima[0]!;
  const alike = tried.filter(({ result }) => result.degenerate === best.result.degenerate);
  const starts = {
    tried: tried.length,
    reached: alike.filter((trial) => inNats(best) - inNats(trial) < SAME).length,
    spread: inNats(best) - leastOf(alike.map(inNats)),
    passes,
  };
  const near = sample === undefined ? WORTH_COMPARING : Math.max(WORTH_COMPARING, Math.sqrt(sample));
  const finalists = optima
    .filter((trial) => trial.result.degenerate === best.result.degenerate && inNats(best) - inNats(trial) < near)
    .slice(0, FINALISTS);
  if (finalists.length === 1) return { ...best, starts };
  let chosen = best;
  let top: Result | undefined;
  for (const finalist of finalists) {
    const how = sample === undefined ? { isOfSample: false } : { isOfSample: true, maxIter: 1 };
    const end = await ended(plan.goOn(finalist.result, how));
    const isBetter = top === undefined || (end.degenerate === top.degenerate ? end.objective > top.objective : top.degenerate);
    if (isBetter) [chosen, top] = [finalist, end];
  }
  return { ...chosen, starts };
}

/** One trial of every optimum, the first that came there, from the best to the worst, sound ones first: rounding among those that came there decides nothing. */
function distinct<Result extends RestartResult>(
  tried: readonly Trial<Result>[],
  inNats: (trial: Trial<Result>) => number,
): Trial<Result>[] {
  const optima: Trial<Result>[] = [];
  for (const trial of tried) {
    const isKnown = optima.some(
      (other) => other.result.degenerate === trial.result.degenerate && Math.abs(inNats(other) - inNats(trial)) < SAME,
    );
    if (!isKnown) optima.push(trial);
  }
  return optima.toSorted(
    (a, b) => Number(a.result.degenerate) - Number(b.result.degenerate) || inNats(b) - inNats(a) || a.restart - b.restart,
  );
}

/** Rows for trials, in memory: all of them, or some drawn without putting back, or by their weights, each draw counting once. */
export async function trialRows(rows: Rows, count: number | undefined, seed: number, pace: Pace): Promise<Rows> {
  const all = rows.sample();
  if (count === undefined) return { ...all, profile: rows.profile, sample: () => all, release: () => {} };
  const random = createRandom(seed, TRIAL_STREAM);
  const chosen = all.weights === undefined ? await sampleOfRows(all.count, count, random, pace) : drawnByWeight(all.weights, count, random);
  if (pace.due()) await pace.turn();
  const drawn = all.drawn(chosen);
  const profile = { ...rows.profile, rows: chosen.length, countedRows: chosen.length, weight: chosen.length };
  return { ...drawn, origin: rows.origin, profile, sample: () => drawn };
}

/** Systematic sampling: every row about as often as its weight says. */
function drawnByWeight(weights: Float64Array, count: number, random: Random): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const offset = random.uniform();
  const drawn = new Int32Array(count);
  let at = 0;
  let seen = 0;
  weights.forEach((weight, row) => {
    seen += weight;
    while (at < count && ((at + offset) / count) * total < seen) drawn[at++] = row;
  });
  return drawn.subarray(0, at);
}
