import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { expect, it } from "vitest";
import { createMemory, toyBackend } from "../src/index.ts";

/** Two groups of rows, around (0, 0) and (6, 1). */
function twoGroups(): number[][] {
  const random = createRandom(7);
  return Array.from({ length: 200 }, (_, row) => [
    random.normal() + 6 * (row % 2),
    random.normal() + (row % 2),
  ]);
}

it("fits the same mixture as the reference backend", async () => {
  const X = twoGroups();
  const memory = createMemory();
  const options = { nComponents: 2, randomState: 1 };

  const here = await new GaussianMixture({
    ...options,
    backend: toyBackend(memory),
  }).fit(X);
  const there = await new GaussianMixture(options).fit(X);

  expect(here.trace.backend).toBe("toy");
  expect(await here.predict(X)).toEqual(await there.predict(X));
  // Both are float64 and take the same steps; what differs is the order
  // of sums, some ulps per step of a few dozen.
  expect(
    Math.abs(here.logLikelihood! - there.logLikelihood!),
  ).toBeLessThanOrEqual(1e-9 * Math.abs(there.logLikelihood!));
  expect(memory.liveHandles()).toBe(0);
});

it("keeps rows on the device between fits, until they are disposed of", async () => {
  const memory = createMemory();
  const backend = toyBackend(memory);
  const data = await backend.matrix(twoGroups());

  const fits = await Promise.all(
    [1, 2, 3].map((nComponents) =>
      new GaussianMixture({ nComponents, randomState: 1, backend }).fit(
        data,
      ),
    ),
  );
  const alive = memory.liveHandles();
  await data[Symbol.asyncDispose]();

  expect(fits.map((fit) => fit.nComponents)).toEqual([1, 2, 3]);
  expect([alive, memory.liveHandles()]).toEqual([1, 0]);
});
