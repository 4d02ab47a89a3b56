import type { Rows } from "@mixtura/backend/authoring";
import { shapes } from "@mixtura/backend/internal/factors";
import { WORK_PER_PAIR } from "@mixtura/backend/internal/rows";
import type { StartsTrace } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
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
/** Optima that are followed to the end, and how many nats below the best they may be to be worth it: trials end before their optima, and samples differ. */
const POLISHED = 3;
const WORTH_POLISHING = 5;
/** Sets the random stream of the sample of trials apart from those of the starts. */
const TRIAL_STREAM = 0x57a9;

/** How a mixture of some size is to be started: nothing but sizes is asked, so that the same data are always started alike. */
export interface Budget {
  /** Passes over the rows of trials. */
  readonly passes: number;
  /** Rows of trials; all of them where that is none. */
  readonly sample: number | undefined;
}

/** The budget for so many rows. */
export function budgetOf(kind: CovarianceKind, rows: number, features: number, nComponents: number): Budget {
  const sample = rows > TRIAL_ROWS ? TRIAL_ROWS : undefined;
  const pass = (sample ?? rows) * nComponents * (shapes[kind.shape].work(features) + WORK_PER_PAIR);
  return { passes: Math.min(MOST_PASSES, Math.floor(MOST_WORK / pass)), sample };
}

/** What all starts together came to. */
export interface Started<Result> {
  /** Of the starts that all rows were passed over for. */
  readonly results: Result[];
  readonly starts: StartsTrace;
}

/**
 * Starts from the portfolio as long as the budget lasts, each followed until little is left to gain or until it will not end above the best, then the best
 * few to their ends.
 *
 * @param trials the plan on the rows of trials, those of the fit or a sample of them
 */
export async function* budgetedStarts<State, Result extends RestartResult>(
  { estimator, seed, context, pace, rows }: Session,
  plan: Required<Pick<FitPlan<State, Result, unknown>, "start" | "goOn">>,
  trials: Pick<FitPlan<State, Result, unknown>, "start">,
  { passes: budget, sample }: Budget,
  maxIter: number,
): AsyncGenerator<EmState<State> & { readonly restart: number }, Started<Result>> {
  const { weight } = rows.profile;
  const inNats = (result: Result): number => (result.objective / result.weight) * (sample ?? weight);
  const tried: Result[] = [];
  const nearBest = (): number =>
    tried.filter((result) => !result.degenerate && reached * (sample ?? weight) - inNats(result) < SAME).length;
  let passes = 0;
  let reached = -Infinity;
  const follow = async function* (run: Run<EmState<State>, Result>, restart: number) {
    const restarts = Math.max(restart, tried.length) + 1;
    for (;;) {
      const next = await run.next();
      if (next.done) return next.value;
      const { iteration, bound } = next.value;
      context.onProgress?.({ estimator, restart, restarts, maxIter, phase: "fitting", iteration, bound });
      yield { ...next.value, restart };
    }
  };
  for (let restart = 0; restart < LEAST_TRIALS || (passes < budget && nearBest() < AGREED); restart++) {
    context.onProgress?.({ estimator, restart, restarts: restart + 1, maxIter, phase: "seeding", iteration: 0 });
    const left = LOOSE / (sample ?? weight);
    const how = { enough: { left, gain: left }, ...(reached > -Infinity ? { reached } : {}) };
    const result = yield* follow(await trials.start(restart, createRandom(seed, restart), how), restart);
    tried.push(result);
    passes += result.passes;
    if (!result.degenerate) reached = Math.max(reached, result.objective / result.weight);
  }
  const order = ranked(tried);
  const best = tried[order[0]!]!;
  const sound = tried.filter(({ degenerate }) => degenerate === best.degenerate);
  const near = sample === undefined ? WORTH_POLISHING : Math.max(WORTH_POLISHING, Math.sqrt(sample));
  // Of those that came to one optimum the first will do.
  const worth = order
    .filter((at, place) => {
      const [own, above] = [tried[at]!, tried[order[place - 1]!]];
      if (above === undefined) return true;
      return own.degenerate === best.degenerate && inNats(above) - inNats(own) >= SAME && inNats(best) - inNats(own) < near;
    })
    .slice(0, POLISHED);
  const polished = new Map<number, Result>();
  let top = -Infinity;
  for (const at of worth) {
    const from = tried[at]!;
    const how = { isOfSample: sample !== undefined, ...(top > -Infinity ? { reached: top } : {}) };
    const result = yield* follow(plan.goOn(from, how), at);
    polished.set(at, sample === undefined ? { ...result, passes: from.passes + result.passes } : result);
    if (!result.degenerate) top = Math.max(top, result.objective / result.weight);
  }
  pace.check(); // an abort during the last pass is an abort
  return {
    results: sample === undefined ? tried.map((result, at) => polished.get(at) ?? result) : [...polished.values()],
    starts: {
      tried: tried.length,
      reached: sound.filter((result) => inNats(best) - inNats(result) < SAME).length,
      spread: inNats(best) - Math.min(...sound.map(inNats)),
      passes,
    },
  };
}

/** Results from the best to the worst, sound ones first. */
function ranked(results: readonly RestartResult[]): number[] {
  const value = ({ objective, weight }: RestartResult): number => objective / weight;
  return Array.from(results.keys()).toSorted(
    (a, b) => Number(results[a]!.degenerate) - Number(results[b]!.degenerate) || value(results[b]!) - value(results[a]!) || a - b,
  );
}

/** Rows for trials: drawn without putting back, or by their weights, each draw counting once. */
export async function trialRows(rows: Rows, count: number, seed: number, pace: Pace): Promise<Rows> {
  const all = rows.sample();
  const random = createRandom(seed, TRIAL_STREAM);
  const chosen = all.weights === undefined ? sampleOfRows(all.count, count, random) : drawnByWeight(all.weights, count, random);
  if (pace.due()) await pace.turn();
  const drawn = all.drawn(chosen);
  const profile = { ...rows.profile, rows: chosen.length, countedRows: chosen.length, weight: chosen.length };
  return { ...drawn, origin: rows.origin, profile, sample: () => drawn };
}

/** Rows in order, each set of them as likely as any other (selection sampling, Knuth's algorithm S). */
export function sampleOfRows(rows: number, most: number, random: Random): Int32Array {
  const wanted = Math.min(rows, most);
  const kept = new Int32Array(wanted);
  let count = 0;
  for (let row = 0; count < wanted; row++) {
    if (wanted === rows || random.uniform() * (rows - row) < wanted - count) kept[count++] = row;
  }
  return kept;
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
