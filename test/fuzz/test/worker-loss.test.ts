import { availableParallelism } from "node:os";
import type { WasmBackend } from "@mixtura/backend-wasm";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { doomWorkers, ENDS } from "@mixtura/fixtures/doomed-workers";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { describe, expect, it } from "vitest";
import { cases, seed } from "../src/effort.ts";

// A worker of the pool is killed in the middle of a pass, at a change of shared words that is drawn at random. Whatever was asked for comes out with
// the same bits, or as `device-lost`, or as `aborted` where it was; nothing waits for the dead.

const [rows, columns] = [8192, 6];
const random = createRandom(seed);
const X = {
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, i) => random.normal() + 4 * (Math.floor(i / columns) % 5)),
};

const fitted = await new GaussianMixture({
  nComponents: 5,
  randomState: 1,
  maxIter: 3,
  backend: createWasmBackend({ threads: 1 }),
}).fit(X);

type Call = (backend: WasmBackend, signal?: AbortSignal) => Promise<string>;

/** What is asked of a backend while its workers die, with every number of the answer. */
const CALLS: Readonly<Record<string, Call>> = {
  async mixture(backend, signal) {
    const model = await new GaussianMixture({ nComponents: 5, randomState: 1, maxIter: 4, tol: 0, initParams: "random", backend }).fit(
      X,
      signal && { signal },
    );
    return textOf(model.means.data, model.weights, model.trace.lowerBounds);
  },
  async kMeans(backend, signal) {
    const model = await new KMeans({ nClusters: 5, randomState: 1, nInit: 1, maxIter: 5, backend }).fit(X, signal && { signal });
    return textOf(model.clusterCenters.data, [model.inertia]);
  },
  async responsibilities(backend, signal) {
    return textOf((await fitted.withBackend(backend).predictProba(X, signal && { signal })).data);
  },
  async scores(backend, signal) {
    return textOf(await fitted.withBackend(backend).scoreSamples(X, signal && { signal }));
  },
};

/** Shortest texts of numbers: equal where the bits are. */
const textOf = (...lists: readonly ArrayLike<number>[]): string => lists.map((list) => Array.from(list).join()).join(";");

/** A result, or "hung" where none came: a kill costs a second on a busy machine, not minutes. */
const within = <T>(result: Promise<T>): Promise<T | "hung"> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hung = new Promise<"hung">((resolve) => (timer = setTimeout(resolve, 120_000, "hung")));
  return Promise.race([result, hung]).finally(() => clearTimeout(timer));
};

/** The event loop's turn, which brings the news of a loss; fits give it by themselves, calls too short for that may not. */
const turn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

/** What came of a call: "same bits", another answer, or the code of its error. */
async function outcomeOf(call: Promise<string>, expected: string): Promise<string> {
  try {
    const found = await within(call);
    return found === expected ? "same bits" : found === "hung" ? found : "other bits";
  } catch (error) {
    return isMixturaError(error) ? error.code : String(error);
  }
}

const alone = availableParallelism() === 1;
describe.skipIf(alone)(`workers killed in the middle of a pass${alone ? " (skipped: one processor has no workers)" : ""}`, () => {
  it.each(ENDS)("by %s: nothing hangs, and no bit changes", async (end) => {
    const calls = Object.entries(CALLS);
    const expected = new Map<string, { readonly text: string }>();
    for (const [name, call] of calls) expected.set(name, { text: await call(createWasmBackend({ threads: 1 })) });
    const outcomes: Record<string, number> = {};
    const kills = cases(5);

    for (let kill = 0; kill < kills; kill++) {
      const [name, call] = calls[random.integer(calls.length)]!;
      const { text } = expected.get(name)!;
      const aborts = random.integer(4) === 0;
      const doomed = doomWorkers(end);
      const backend = createWasmBackend({ threads: 3 });
      try {
        while (doomed.steps < 10) {
          await call(backend);
          await turn();
        }
        const before = doomed.steps;
        await call(backend);
        doomed.arm(1 + random.integer(Math.max(1, doomed.steps - before)));
        let outcome = "same bits";
        while (doomed.ended === 0 && outcome === "same bits") {
          const controller = new AbortController();
          const running = outcomeOf(call(backend, controller.signal), text);
          if (aborts) {
            while (doomed.ended === 0 && (await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 0))])) === undefined);
            controller.abort();
          }
          outcome = await running;
          await turn();
        }
        const key = aborts && outcome === "aborted" ? "aborted" : outcome;
        outcomes[key] = (outcomes[key] ?? 0) + 1;
        expect(await outcomeOf(call(backend), text)).toBe("same bits");
      } finally {
        doomed.restore();
        await backend.close();
      }
    }

    if (kills > 5) console.log(end, outcomes); // `npm run fuzz`
    const { "same bits": same = 0, "device-lost": lost = 0, aborted = 0 } = outcomes;
    expect({ outcomes, settled: same + lost + aborted }).toEqual({ outcomes, settled: kills });
  });
});
