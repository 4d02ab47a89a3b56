import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { onIdleMachine } from "@mixtura/fixtures/clock";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, GaussianMixture, KMeans } from "../../src/index.ts";

// The contract counts processor time and turns, which a wait that blocks the thread costs neither of: here the clock is the wall's.

const [rows, features] = [100_000, 4];
const random = createRandom(5);
const X = matrix(
  Float64Array.from({ length: rows * features }, (_, at) => (Math.floor(at / features) % 3) * 4 + random.normal()),
  rows,
  features,
);

const backends: Readonly<Record<string, () => Backend>> = {
  reference: () => referenceBackend,
  wasm: () => createWasmBackend(),
};
const estimators = {
  GaussianMixture: (backend: Backend) => new GaussianMixture({ nComponents: 3, randomState: 1, tol: 0, maxIter: 1000, backend }),
  BayesianGaussianMixture: (backend: Backend) =>
    new BayesianGaussianMixture({ nComponents: 3, randomState: 1, tol: 0, maxIter: 1000, backend }),
  KMeans: (backend: Backend) => new KMeans({ nClusters: 3, randomState: 1, backend }),
};
const cases = Object.entries(backends).flatMap(([name, create]) =>
  Object.entries(estimators).map(([type, make]) => [type, name, () => make(create())] as const),
);

const { title, busy } = onIdleMachine("a fit of 100 000 rows");

describe.skipIf(busy)(title, () => {
  it.each(cases)("lets timers run every 50 ms, and ends within 100 ms of an abort: %s on %s", { retry: 2 }, async (_, _name, make) => {
    const controller = new AbortController();
    let [last, longest, abortedAt] = [performance.now(), 0, Infinity];
    const look = (): void => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    const ticker = setInterval(look, 1);
    const timer = setTimeout(() => {
      abortedAt = performance.now();
      controller.abort();
    }, 400);

    await make()
      .fit(X, { signal: controller.signal })
      .catch(() => undefined);

    look();
    clearInterval(ticker);
    clearTimeout(timer);
    expect(longest).toBeLessThan(50);
    expect(performance.now() - abortedAt).toBeLessThan(100);
  });
});
