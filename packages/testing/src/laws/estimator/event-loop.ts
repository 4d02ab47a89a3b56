import type { FitProgress } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { longestStall } from "../backend/stall.ts";
import { enlarged } from "./data-copy.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { describeOutcome, errorOf, requireCode } from "./tally.ts";
import type { Matrix } from "@mixtura/core";

/** Rows of a fit that is long enough to be called off, and how often they may be multiplied by four to get there. */
const LONG_ROWS = 8000;
const LONG_MILLISECONDS = 60;
const ENLARGEMENTS = 2;

const stall: EstimatorLaw = {
  id: "event-loop/stall",
  needs: [],
  claim: "never keeps the event loop waiting for 50 ms during a fit",
  async check(trial) {
    const { X, milliseconds } = await longFit(trial);
    // Other programs share the machine, and can only lengthen a stall: the best of three tries is the fit's own.
    let worst = Infinity;
    for (let attempt = 0; attempt < 3 && worst > 25; attempt++) worst = Math.min(worst, await longestStall(() => trial.fit(X)));
    const where = `${X.rows} rows × ${X.columns}, a fit of ${milliseconds.toFixed(0)} ms`;
    return { worst, tolerance: 50, unit: "ms", where, reason: "what people and request handlers do not notice" };
  },
};

const abort: EstimatorLaw = {
  id: "event-loop/abort",
  needs: [],
  claim: "ends within 100 ms of being called off, with code aborted and name AbortError: beforehand, by a timer, and from onProgress",
  async check(trial) {
    const { X, milliseconds } = await longFit(trial);
    await requireCalledOffBeforehand(trial, X);
    let worst = 0;
    let where = "";
    for (const share of [0.1, 0.5, "onProgress"] as const) {
      // As above: the best of three tries.
      let best = Infinity;
      for (let attempt = 0; attempt < 3 && best > 50; attempt++) best = Math.min(best, await timeToSettle(trial, X, share === "onProgress" ? share : share * milliseconds));
      if (best > worst) [worst, where] = [best, share === "onProgress" ? "called off from onProgress" : `called off at ${share} of the fit`];
    }
    return { worst, tolerance: 100, unit: "ms", where, reason: "what a person waits for after pressing a button without noticing" };
  },
};

const progress: EstimatorLaw = {
  id: "event-loop/progress",
  needs: [],
  claim: "tells its progress in order and under its own name, and ends with the very error that onProgress throws",
  async check(trial) {
    const { X } = { X: trial.data };
    const events: FitProgress[] = [];
    await trial.fit(X, {}, { onProgress: (event) => events.push(event) });
    for (const { estimator, restart, restarts, iteration, maxIter } of events) {
      const sound = estimator === trial.plugin.type && restart >= 0 && restart < restarts && iteration >= 0 && iteration <= maxIter;
      if (!sound) throw new Error(`an event says restart ${restart} of ${restarts}, iteration ${iteration} of ${maxIter} of ${estimator}`);
    }
    if (trial.capabilities.has("steps") && events.length === 0) throw new Error("no event came from a fit in steps");
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      const later = before === undefined || event.restart > before.restart || (event.restart === before.restart && event.iteration >= before.iteration);
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

const nothingLeft: EstimatorLaw = {
  id: "event-loop/nothing-left",
  needs: [],
  claim: "leaves no timer, handle or listener alive when a fit ends, fails or is called off",
  async check(trial) {
    const X = enlarged(trial.data, 2000);
    let left: readonly string[] = [];
    // The test runner has timers of its own that come and go: only what is left every time is the fit's.
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = activeResources();
      const controller = new AbortController();
      const listeners = countListeners(controller.signal);
      await trial.fit(X, {}, { signal: controller.signal });
      await errorOf(() => trial.fit([[Number.NaN]], {}, { signal: controller.signal }));
      if (listeners.count() > 0) throw new Error(`${listeners.count()} abort listeners are left`);
      setTimeout(() => controller.abort(), 1);
      await errorOf(() => trial.fit(X, {}, { signal: controller.signal }));
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
      left = surplus(activeResources(), before);
      if (left.length === 0) return;
    }
    throw new Error(`still alive: ${left.join(", ")}`);
  },
};

const released: EstimatorLaw = {
  id: "event-loop/released",
  needs: ["backend"],
  claim: "frees what it uploads: when a fit ends, fails, is called off or is walked half way, and after every answer",
  async check(trial) {
    const ledger = trial.ledger!;
    const X = enlarged(trial.data, 2000);
    let worst = 0;
    let where = "nothing";
    const settled = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      await errorOf(work);
      if (ledger.alive() > worst) [worst, where] = [ledger.alive(), name];
    };
    await settled("a fit", () => trial.fit(X));
    await settled("a fit that was called off", () => trial.fit(X, {}, abortedFromProgress()));
    await settled("a fit whose onProgress throws", () =>
      trial.fit(X, {}, {
        onProgress() {
          throw new Error("on purpose");
        },
      }),
    );
    await settled("a fit of too few rows", () => trial.fit([[1, 2]]));
    for (const { options } of trial.refused) await settled("a fit with refused options", () => trial.fit(X, options));
    await settled("steps that were left", async () => {
      for await (const _state of trial.create().steps?.(X) ?? []) break;
    });
    const model = await trial.fit(X);
    await settled("predict", async () => model.predict?.(X));
    await settled("predict, called off", async () => model.predict?.(X, { signal: AbortSignal.abort() }));
    await settled("predictProba", async () => model.predictProba?.(X));
    await settled("scoreSamples", async () => model.scoreSamples?.(X));
    await settled("score", async () => model.score?.(X));
    await settled("score with bad weights", async () => model.score?.(X, { sampleWeight: [-1] }));
    return { worst, tolerance: 0, unit: "matrices", where, reason: "device memory is not the garbage collector's" };
  },
};

/** Rows on which a fit takes long enough to be called off, and how long that is. */
async function longFit(trial: EstimatorUnderTest): Promise<{ X: Matrix; milliseconds: number }> {
  let rows = LONG_ROWS;
  for (let attempt = 0; ; attempt++, rows *= 4) {
    const X = enlarged(trial.data, rows);
    const started = performance.now();
    await trial.fit(X);
    const milliseconds = performance.now() - started;
    if (milliseconds > LONG_MILLISECONDS || attempt === ENLARGEMENTS) return { X, milliseconds };
  }
}

async function requireCalledOffBeforehand(trial: EstimatorUnderTest, X: Matrix): Promise<void> {
  const events: unknown[] = [];
  const context = { signal: AbortSignal.abort(), onProgress: (event: FitProgress) => events.push(event) };
  const outcome = await errorOf(() => trial.fit(X, {}, context));
  requireCode(outcome, "aborted");
  if ((outcome as Error).name !== "AbortError") throw new Error(`the error's name is ${(outcome as Error).name}`);
  if (events.length > 0) throw new Error("work was begun after the call had been called off");
  const model = await trial.fit(trial.data);
  if (model.predict !== undefined) requireCode(await errorOf(() => model.predict!(X, { signal: AbortSignal.abort() })), "aborted");
}

/** Milliseconds from the abort to the rejection; 0 for a fit that was done before it could be called off. */
async function timeToSettle(trial: EstimatorUnderTest, X: Matrix, when: number | "onProgress"): Promise<number> {
  const controller = new AbortController();
  let abortedAt: number | undefined;
  const callOff = (): void => {
    abortedAt ??= performance.now();
    controller.abort();
  };
  const timer = when === "onProgress" ? undefined : setTimeout(callOff, when);
  const outcome = await errorOf(() => trial.fit(X, {}, { signal: controller.signal, ...(when === "onProgress" ? { onProgress: callOff } : {}) }));
  const settledAt = performance.now();
  clearTimeout(timer);
  if (abortedAt === undefined) return 0;
  if (!isMixturaError(outcome, "aborted")) throw new Error(`called off (${when}), the fit gave ${describeOutcome(outcome)}`);
  return settledAt - abortedAt;
}

function abortedFromProgress(): { signal: AbortSignal; onProgress: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, onProgress: () => controller.abort() };
}

/** How many abort listeners a signal has that were neither removed nor of a kind that removes itself by an earlier abort. */
function countListeners(signal: AbortSignal): { count(): number } {
  const alive = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<AbortSignal["addEventListener"]>) => {
    alive.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<AbortSignal["removeEventListener"]>) => {
    alive.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  return { count: () => alive.size };
}

/** What keeps the process alive, where the platform tells. */
function activeResources(): readonly string[] {
  const { process } = globalThis as { process?: { getActiveResourcesInfo?: () => string[] } };
  return process?.getActiveResourcesInfo?.() ?? [];
}

/** What is in `found` more often than in `before`. */
function surplus(found: readonly string[], before: readonly string[]): string[] {
  const left = [...before];
  return found.filter((name) => {
    const at = left.indexOf(name);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Laws of long work among other work. */
export const eventLoopLaws: readonly EstimatorLaw[] = [stall, abort, progress, nothingLeft, released];
