import type { Mixture } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { createPace } from "@mixtura/core/authoring";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import type { Job } from "./jobs.ts";

/** The last sound row of each chain. */
export type Tails = Map<string, Promise<FittedCandidate<Mixture> | undefined>>;

/**
 * Runs every job once, few components first. A job waits for the one before it in its chain, so what it is given never depends on how many run
 * at a time.
 *
 * @param tails where the chains have come to; they go on from there
 */
export async function runChains(
  jobs: readonly Job[],
  concurrency: number,
  outer: AbortSignal | undefined,
  splitStart: boolean,
  rows: Map<Job, Candidate<Mixture>>,
  run: (job: Job, before: FittedCandidate<Mixture> | undefined, signal: AbortSignal | undefined) => Promise<Candidate<Mixture>>,
  done: (job: Job) => void,
  tails: Tails,
): Promise<void> {
  const order = jobs.toSorted((a, b) => a.choice.nComponents - b.choice.nComponents || a.index - b.index);
  const alone = concurrency === 1;
  const failure = new AbortController();
  const signal = alone ? outer : AbortSignal.any([failure.signal, ...(outer === undefined ? [] : [outer])]);
  let next = 0;
  const step = async (
    job: Job,
    before: Promise<FittedCandidate<Mixture> | undefined> | undefined,
  ): Promise<FittedCandidate<Mixture> | undefined> => {
    const previous = await before;
    const row = await run(job, splitStart ? previous : undefined, signal);
    rows.set(job, row);
    done(job);
    return row.error === undefined && !row.degenerate ? row : previous;
  };
  const worker = async (): Promise<void> => {
    while (next < order.length) {
      createPace(signal).check();
      const job = order[next++]!;
      const tail = step(job, tails.get(job.chain));
      tails.set(job.chain, tail);
      await tail;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, order.length) }, async () => {
    try {
      await worker();
    } catch (error) {
      failure.abort(error); // the others need not go on
      throw error;
    }
  });
  const outcomes = await Promise.allSettled(workers);
  const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  if (errors.length > 0) throw errors.find((error) => !isMixturaError(error, "aborted")) ?? errors[0];
}

/**
 * The way back down every chain: where a sound candidate has one component more than the next, the next is tried again from it.
 *
 * @param again the candidate, or a better one of its job
 */
export async function runBack(
  jobs: readonly Job[],
  rows: Map<Job, Candidate<Mixture>>,
  again: (job: Job, row: FittedCandidate<Mixture>, above: FittedCandidate<Mixture>) => Promise<FittedCandidate<Mixture>>,
): Promise<void> {
  const down = jobs.toSorted((a, b) => b.choice.nComponents - a.choice.nComponents || a.index - b.index);
  for (const job of down) {
    const row = rows.get(job);
    const higher = down.find(({ chain, choice }) => chain === job.chain && choice.nComponents === job.choice.nComponents + 1);
    const above = higher === undefined ? undefined : rows.get(higher);
    if (row === undefined || row.error !== undefined || above === undefined || above.error !== undefined || above.degenerate) continue;
    rows.set(job, await again(job, row, above));
  }
}
