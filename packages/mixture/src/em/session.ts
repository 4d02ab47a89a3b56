import type { OnBackend, Rows } from "@mixtura/backend/authoring";
import { readBy } from "@mixtura/backend/authoring";
import type { FitRequest, OpenFit } from "@mixtura/backend/internal/rows";
import { openFit } from "@mixtura/backend/internal/rows";
import type { Data, FitContext, IterativeTrace } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { Random, FitJob, ModelRecord } from "@mixtura/core/authoring";
import { createRandom, drawSeed } from "@mixtura/core/authoring";
import type { IterativeTraceFacts } from "@mixtura/core/internal";

/** A fit under way: its data, its clock, its seed, and what its models are recorded by. */
export interface Session extends OpenFit {
  readonly estimator: string;
  readonly seed: number;
  readonly context: FitContext;
  /** Features, trace and provenance of a model of this fit. */
  readonly record: (facts: Omit<IterativeTraceFacts, "seed" | "backend">) => ModelRecord<IterativeTrace>;
}

/** One fit of an estimator of this package. */
export type MixtureJob<Options = unknown> = FitJob<Options> & OnBackend;

/** Sets the random stream of the sample of a block source apart from those of the restarts. */
const SAMPLE_STREAM = 0xb10c;

/** Checks the data, opens it on the backend, and checks that it has a row for each of `groups`. */
export async function openSession(
  X: Data,
  job: MixtureJob,
  options: Pick<FitRequest, "work"> & {
    readonly randomState: number | undefined;
    readonly groups: { readonly option: string; readonly count: number };
  },
): Promise<Session> {
  const { backend, caller, context, type: estimator } = job;
  const { work, groups } = options;
  const seed = options.randomState ?? drawSeed();
  const random = createRandom(seed, SAMPLE_STREAM);
  const fit = await openFit(X, { caller, backend, work, random, load: () => import("@mixtura/backend-wasm/default") }, context);
  const { rows } = fit;
  try {
    checkEnoughRows(rows, groups, caller);
  } catch (error) {
    rows.release();
    throw error;
  }
  const read = readBy(rows);
  return { ...fit, estimator, seed, context, record: (facts) => job.record(read, { ...facts, seed, backend: rows.name }) };
}

/** One start: every state in turn, then how it ended. */
export type Run<State, Result> = AsyncGenerator<State, Result>;

/** Runs all starts one after the other, each on a random stream of its own, and reports progress. */
export async function* runRestarts<State extends { readonly iteration: number; readonly bound: number }, Result>(
  { estimator, seed, context, pace }: Session,
  plan: { readonly restarts: number; readonly maxIter: number; start(restart: number, random: Random): Promise<Run<State, Result>> },
): AsyncGenerator<State & { readonly restart: number }, Result[]> {
  const { restarts, maxIter } = plan;
  const results: Result[] = [];
  for (let restart = 0; restart < restarts; restart++) {
    const report = { estimator, restart, restarts, maxIter };
    context.onProgress?.({ ...report, phase: "seeding", iteration: 0 });
    const run = await plan.start(restart, createRandom(seed, restart));
    for (;;) {
      const next = await run.next();
      if (next.done) {
        results.push(next.value);
        break;
      }
      const { iteration, bound } = next.value;
      context.onProgress?.({ ...report, phase: "fitting", iteration, bound });
      yield { ...next.value, restart };
    }
  }
  pace.check(); // an abort during the last pass is an abort
  return results;
}

/** A row for each group. */
function checkEnoughRows(
  { profile: { rows, countedRows } }: Rows,
  { option, count }: { readonly option: string; readonly count: number },
  caller: string,
): void {
  if (countedRows >= count) return;
  const what = `${countedRows} ${countedRows === 1 ? "row" : "rows"}${countedRows === rows ? "" : " of positive weight"}`;
  throw new MixturaError(
    "too-few-rows",
    `${caller}: ${what} cannot be shared among ${option} = ${count}. Use a smaller ${option} or more rows.`,
    { rows: countedRows, needed: count },
  );
}
