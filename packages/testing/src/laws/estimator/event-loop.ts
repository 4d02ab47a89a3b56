import type { FitProgress, Matrix } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import type { WorkWatch } from "../../work-watch.ts";
import { watchWork } from "../../work-watch.ts";
import { enlarged } from "./data-copy.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { describeOutcome, errorOf, requireCode } from "./tally.ts";

/** Rows to begin with: several of the chunks between which a kernel may let the event loop turn. */
const ROWS = 10_000;
/** Milliseconds of work for which a fit is watched. */
const WATCHED = 200;
/** Compiling and collecting garbage come at the fit's cost, and not every time: the best of a few tries is the fit's own. */
const TRIES = 3;

const stall: EstimatorLaw = {
  id: "event-loop/stall",
  needs: [],
  claim: "never works for 50 ms without letting the event loop turn",
  async check(trial) {
    const X = enlarged(trial.data, ROWS);
    let worst = Infinity;
    for (let attempt = 0; attempt < TRIES && worst > 40; attempt++) {
      const controller = new AbortController();
      const longest = await watchWork(
        async (watch) => {
          await errorOf(() => trial.fit(X, {}, { signal: controller.signal }));
          return watch.longestStall;
        },
        (watch) => {
          if (watch.passed() > WATCHED) controller.abort();
        },
      );
      worst = Math.min(worst, longest());
    }
    const where = `${X.rows} rows × ${X.columns}, watched for ${WATCHED} ms of work`;
    return { worst, tolerance: 50, unit: "ms of processor time", where, reason: "what people and request handlers do not notice" };
  },
};

const abort: EstimatorLaw = {
  id: "event-loop/abort",
  needs: [],
  claim: "ends within 100 ms of an abort, with code aborted and name AbortError: beforehand, by a timer, and from onProgress",
  async check(trial) {
    await requireAbortedBeforehand(trial);
    let worst = 0;
    let where = "";
    const tables = new Map<number, Matrix>();
    const tableOf = (rows: number): Matrix => {
      if (!tables.has(rows)) tables.set(rows, enlarged(trial.data, rows));
      return tables.get(rows)!;
    };
    for (const when of [5, 60, "onProgress"] as const) {
      let best = Infinity;
      for (let attempt = 0; attempt < TRIES && best > 50; attempt++) best = Math.min(best, await timeToSettle(trial, when, tableOf));
      if (best > worst) [worst, where] = [best, when === "onProgress" ? "aborted from onProgress" : `aborted after ${when} ms`];
    }
    return {
      worst,
      tolerance: 100,
      unit: "ms of work",
      where,
      reason: "what a person waits for after pressing a button without noticing",
    };
  },
};

const progress: EstimatorLaw = {
  id: "event-loop/progress",
  needs: [],
  claim: "reports its progress in order and under its own name, and rejects with the same error that onProgress throws",
  async check(trial) {
    const X = trial.data;
    const events: FitProgress[] = [];
    await trial.fit(X, {}, { onProgress: (event) => events.push(event) });
    for (const { estimator, restart, restarts, iteration, maxIter } of events) {
      const sound = estimator === trial.plugin.type && restart >= 0 && restart < restarts && iteration >= 0 && iteration <= maxIter;
      if (!sound) throw new Error(`an event says restart ${restart} of ${restarts}, iteration ${iteration} of ${maxIter} of ${estimator}`);
    }
    if (trial.capabilities.has("steps") && events.length === 0) throw new Error("no event came from a fit in steps");
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      const later =
        before === undefined || event.restart > before.restart || (event.restart === before.restart && event.iteration >= before.iteration);
      if (!later) throw new Error(`event ${index} goes back to restart ${event.restart}, iteration ${event.iteration}`);
    }
    for (const at of new Set([0, events.length - 1])) {
      if (events.length === 0) continue;
      const thrown = new Error("on purpose");
      let calls = 0;
      const onProgress = (): void => {
        if (calls++ === at) throw thrown;
      };
      const outcome = await errorOf(() => trial.fit(X, {}, { onProgress }));
      if (outcome !== thrown) throw new Error(`event ${at} threw, and the fit gave ${describeOutcome(outcome)}`);
      if (calls !== at + 1) throw new Error(`${calls - at - 1} events came after the one that threw`);
    }
  },
};

async function requireAbortedBeforehand(trial: EstimatorUnderTest): Promise<void> {
  const X = trial.data;
  const events: unknown[] = [];
  const context = { signal: AbortSignal.abort(), onProgress: (event: FitProgress) => events.push(event) };
  const outcome = await errorOf(() => trial.fit(X, {}, context));
  requireCode(outcome, "aborted");
  if ((outcome as Error).name !== "AbortError") throw new Error(`the error's name is ${(outcome as Error).name}`);
  if (events.length > 0) throw new Error("work began after the call had been aborted");
  const model = await trial.fit(X);
  if (model.predict !== undefined) requireCode(await errorOf(() => model.predict!(X, { signal: AbortSignal.abort() })), "aborted");
}

/** Milliseconds of work from the abort to the rejection. Where a fit ends before it can be aborted, more rows keep it busy. */
async function timeToSettle(trial: EstimatorUnderTest, when: number | "onProgress", table: (rows: number) => Matrix): Promise<number> {
  for (let rows = ROWS; rows <= 16 * ROWS; rows *= 4) {
    const X = table(rows);
    const controller = new AbortController();
    const { signal } = controller;
    let abortedAt: number | undefined;
    const abortFit = (watch: WorkWatch): void => {
      abortedAt ??= watch.passed();
      controller.abort();
    };
    const { outcome, settledAt } = await watchWork(
      async (watch) => {
        const context = when === "onProgress" ? { signal, onProgress: () => abortFit(watch) } : { signal };
        return { outcome: await errorOf(() => trial.fit(X, {}, context)), settledAt: watch.passed() };
      },
      (watch) => {
        if (when !== "onProgress" && watch.passed() >= when) abortFit(watch);
      },
    );
    if (abortedAt === undefined) continue;
    if (!isMixturaError(outcome, "aborted")) throw new Error(`aborted (${when}), the fit gave ${describeOutcome(outcome)}`);
    return settledAt - abortedAt;
  }
  return 0;
}

/** Laws of long work among other work. */
export const eventLoopLaws: readonly EstimatorLaw[] = [stall, abort, progress];
