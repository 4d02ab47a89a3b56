import { enlarged } from "./data-copy.ts";
import type { EstimatorLaw } from "./subject.ts";
import { errorOf } from "./tally.ts";

const nothingLeft: EstimatorLaw = {
  id: "left-behind/resources",
  needs: [],
  claim: "leaves no timer, handle or listener alive when a fit ends, fails or is aborted",
  async check(trial) {
    const X = enlarged(trial.data, 1000);
    const remains: string[] = [];
    // The test runner's own timers come and go: what is left in two of three tries is the fit's.
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = activeResources();
      const controller = new AbortController();
      const listeners = countListeners(controller.signal);
      await trial.fit(X, trial.brief, { signal: controller.signal });
      await errorOf(() => trial.fit([[Number.NaN]], {}, { signal: controller.signal }));
      if (listeners.count() > 0) throw new Error(`${listeners.count()} abort listeners are left`);
      setTimeout(() => controller.abort(), 1);
      await errorOf(() => trial.fit(X, trial.brief, { signal: controller.signal }));
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
      const left = surplus(activeResources(), before);
      if (left.length > 0) remains.push(left.join(", "));
    }
    if (remains.length > 1) throw new Error(`still alive: ${remains.join("; ")}`);
  },
};

const released: EstimatorLaw = {
  id: "left-behind/uploads",
  needs: ["backend"],
  claim: "frees what it uploads: when a fit ends, fails, is aborted or is left half way, and after every call of the model",
  async check(trial) {
    const ledger = trial.ledger!;
    const X = enlarged(trial.data, 1000);
    let worst = 0;
    let where = "nothing";
    const settled = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      await errorOf(work);
      if (ledger.alive() > worst) [worst, where] = [ledger.alive(), name];
    };
    await settled("a fit", () => trial.fit(X, trial.brief));
    await settled("an aborted fit", () => trial.fit(X, trial.brief, abortedFromProgress()));
    await settled("a fit whose onProgress throws", () =>
      trial.fit(
        X,
        {},
        {
          onProgress() {
            throw new Error("on purpose");
          },
        },
      ),
    );
    await settled("a fit of too few rows", () => trial.fit([[1, 2]]));
    for (const { options } of trial.refused) await settled("a fit with refused options", () => trial.fit(X, options));
    await settled("steps that were left", async () => {
      for await (const _state of trial.create().steps?.(X) ?? []) break;
    });
    const model = await trial.fit(X, trial.brief);
    await settled("predict", async () => model.predict?.(X));
    await settled("predict, aborted", async () => model.predict?.(X, { signal: AbortSignal.abort() }));
    await settled("predictProba", async () => model.predictProba?.(X));
    await settled("scoreSamples", async () => model.scoreSamples?.(X));
    await settled("score", async () => model.score?.(X));
    await settled("score with bad weights", async () => model.score?.(X, { sampleWeight: [-1] }));
    return { worst, tolerance: 0, unit: "matrices", where, reason: "device memory is not the garbage collector's" };
  },
};

function abortedFromProgress(): { signal: AbortSignal; onProgress: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, onProgress: () => controller.abort() };
}

/** How many abort listeners a signal has that were neither removed nor of a kind that removes itself by an earlier abort. */
function countListeners(signal: AbortSignal): { count(): number } {
  const alive = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<AbortSignal["addEventListener"]>) => {
    alive.add(args[1]);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<AbortSignal["removeEventListener"]>) => {
    alive.delete(args[1]);
    remove(...args);
  };
  return { count: () => alive.size };
}

/** What keeps the process alive, where the platform reports it. */
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

/** Laws of what a fit leaves behind. */
export const leftBehindLaws: readonly EstimatorLaw[] = [nothingLeft, released];
