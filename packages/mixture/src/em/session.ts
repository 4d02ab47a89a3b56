import type { FitRequest, OpenFit, Rows } from "@mixtura/backend/rows";
import { openFit } from "@mixtura/backend/rows";
import type { BlockSource, FitContext, MatrixLike, Random, FitStep, FittedModel } from "@mixtura/core";
import { createRandom, drawSeed, MixturaError } from "@mixtura/core";

/** A state of a fit whose model is made only when somebody wants it. */
export interface FitState<Fitted> {
  readonly restart: number;
  readonly iteration: number;
  readonly bound: number;
  model(): Fitted | Promise<Fitted>;
}

/** A fit under way: its data, its clock and its seed. */
export interface Session extends OpenFit {
  readonly estimator: string;
  readonly seed: number;
  readonly context: FitContext;
}

/** Sets the random stream of the sample of a block source apart from those of the restarts. */
const SAMPLE_STREAM = 0xb10c;

/** Checks the data, opens it on the backend, and checks that it has a row for each of `groups`. */
export async function openSession(
  estimator: string,
  X: MatrixLike | BlockSource,
  options: Pick<FitRequest, "backend" | "work"> & {
    readonly randomState?: number;
    readonly groups: { readonly option: string; readonly count: number };
  },
  given: FitContext | null | undefined,
): Promise<Session> {
  const context = given ?? {};
  const { backend, work, groups } = options;
  const caller = `${estimator}.fit`;
  const seed = options.randomState ?? drawSeed();
  const random = createRandom(seed, SAMPLE_STREAM);
  const fit = await openFit(X, { caller, backend, work, random, load: () => import("@mixtura/backend-wasm/default") }, context);
  try {
    checkEnoughRows(fit.rows, groups, caller);
  } catch (error) {
    fit.rows.release();
    throw error;
  }
  return { ...fit, estimator, seed, context };
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

/** Runs a fit to its end. */
export async function finished<Fitted>(states: AsyncGenerator<unknown, Fitted>): Promise<Fitted> {
  for (;;) {
    const next = await states.next();
    if (next.done) return next.value;
  }
}

/** A fit's states with their models made. */
export async function* withModels<Fitted extends FittedModel>(
  states: AsyncGenerator<FitState<Fitted>, Fitted>,
): AsyncGenerator<FitStep<Fitted>, Fitted> {
  try {
    for (;;) {
      const next = await states.next();
      if (next.done) return next.value;
      const { restart, iteration, bound } = next.value;
      yield { restart, iteration, bound, model: await next.value.model() };
    }
  } finally {
    await states.return(undefined as never); // frees the rows when the caller stops early
  }
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
