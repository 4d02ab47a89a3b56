import type { Backend, DeviceMatrix } from "@mixtura/backend";
import type { PassBackend, RowSet } from "@mixtura/backend/rows";
import { fastBackend, openRows, plainBackend, requireFloat64 } from "@mixtura/backend/rows";
import type { BlockSource, Diagnostic, FitContext, FitStep, FittedModel, MatrixLike, Pace, Random } from "@mixtura/core";
import { createPace, createRandom, drawSeed, isBlockSource, isUploadedMatrix, MixturaError } from "@mixtura/core";

/** A state of a fit whose model is made only when somebody wants it. */
export interface FitState<Fitted> {
  readonly restart: number;
  readonly iteration: number;
  readonly bound: number;
  model(): Fitted | Promise<Fitted>;
}

/** A fit under way: its data, its clock and its seed. */
export interface Session<H = unknown> {
  readonly estimator: string;
  readonly rows: RowSet<H>;
  readonly pace: Pace;
  readonly seed: number;
  readonly context: FitContext;
  /** What there is to say about the place where it runs. */
  readonly diagnostics: () => readonly Diagnostic[];
  readonly elapsedMilliseconds: () => number;
}

/** Sets the random stream of the sample of a block source apart from those of the restarts. */
const SAMPLE_STREAM = 0xb10c;

/** Checks the data, opens it on the backend, and checks that it has a row for each of `groups`. */
export async function openSession(
  estimator: string,
  X: MatrixLike | BlockSource,
  options: {
    /** Absent: the one that the rows lie on already, else the one that is done soonest. */
    readonly backend: Backend | undefined;
    /** Multiply-adds that the whole fit takes, roughly. */
    readonly work: (rows: number, features: number) => number;
    readonly randomState?: number;
    readonly groups: { readonly option: string; readonly count: number };
  },
  given: FitContext | null | undefined,
): Promise<Session> {
  const context = given ?? {};
  const started = performance.now();
  const { groups, work } = options;
  const caller = `${estimator}.fit`;
  const pace = createPace(context.signal);
  pace.check();
  const chosen = options.backend ?? backendOf(X);
  if (chosen !== undefined) requireFloat64(chosen, caller);
  let found: readonly Diagnostic[] = [];
  const backendFor = async (count: number, features: number): Promise<PassBackend> => {
    if (chosen !== undefined) return chosen;
    const fast = await fastBackend(work(count, features), () => import("@mixtura/backend-wasm/default"));
    found = fast.diagnostics;
    return fast.backend ?? plainBackend;
  };
  const seed = options.randomState ?? drawSeed();
  const rows = await openRows(X, {
    backendFor,
    sampleWeight: context.sampleWeight,
    pace,
    random: createRandom(seed, SAMPLE_STREAM),
    caller,
  });
  try {
    checkRange(rows, caller);
    checkEnoughRows(rows, groups, caller);
  } catch (error) {
    rows.release();
    throw error;
  }
  const diagnostics = (): readonly Diagnostic[] => [...found, ...(rows.backend.diagnostics?.() ?? [])];
  return { estimator, rows, pace, seed, context, diagnostics, elapsedMilliseconds: () => performance.now() - started };
}

/** The backend that rows were uploaded to. */
function backendOf(X: MatrixLike | BlockSource): Backend | undefined {
  return !isBlockSource(X) && isUploadedMatrix(X) ? (X as DeviceMatrix).backend : undefined;
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
  pace.check(); // called off during the last pass is called off
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

/** Numbers so large or so small that their squares are not numbers any more cannot be fitted in any precision at hand. */
function checkRange(rows: RowSet, caller: string): void {
  const { ranges, variances } = rows.survey;
  const column = variances.findIndex((variance, j) => !(variance < Infinity) || (variance === 0 && ranges[j]! > 0));
  if (column === -1) return;
  const feature = rows.featureNames?.[column];
  const name = feature === undefined ? `column ${column}` : `column "${feature}"`;
  const why = variances[column] === 0 ? "below the smallest" : "beyond the largest";
  throw new MixturaError("not-finite", `${caller}: the variance of ${name} is ${why} double. Bring the column to a scale nearer 1 first.`, {
    row: 0,
    column,
    found: variances[column],
    ...(feature === undefined ? {} : { feature }),
  });
}

function checkEnoughRows(rows: RowSet, groups: { readonly option: string; readonly count: number }, caller: string): void {
  const { rows: all, countedRows } = rows.survey;
  if (countedRows >= groups.count) return;
  const what = countedRows === all ? `${all} rows` : `${countedRows} rows of positive weight`;
  throw new MixturaError(
    "too-few-rows",
    `${caller}: ${what} cannot be shared among ${groups.option} = ${groups.count}. Use a smaller ${groups.option} or more rows.`,
    {
      rows: countedRows,
      needed: groups.count,
    },
  );
}
