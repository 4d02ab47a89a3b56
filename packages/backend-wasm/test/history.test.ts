import type { GaussianComponents } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";

// A pass remembers which components its rows are near, so that the next one can leave others out. That may make it quicker, never different:
// a restart, a thread or a neighbour that used the rows before must not show in any bit.

const CALLS = Object.entries(EVERY_CALL).filter(([name]) => /(full|none) scatter, soft/.test(name));

/** The same components with means so far apart that most of them do not matter to a row. */
function spread(components: GaussianComponents, factor: number): GaussianComponents {
  return { ...components, means: components.means.map((mean) => factor * mean) };
}

/** Rows about the means of components that stand apart by a factor. */
function separated(features: number, count: number, factor: number) {
  const problem = draw({ rows: 5000, features, count });
  const random = createRandom(3);
  const components = spread(problem.components, factor);
  const data = new Float64Array(problem.data.data.length);
  for (let row = 0; row < problem.data.rows; row++) {
    const mean = random.integer(count) * features;
    for (let j = 0; j < features; j++) data[row * features + j] = components.means[mean + j]! + random.normal();
  }
  return { ...problem, components, centres: components.means.slice(), data: { ...problem.data, data } };
}

describe.each([
  { features: 12, count: 7, factor: 1 },
  { features: 12, count: 7, factor: 2 },
  { features: 13, count: 10, factor: 3 },
  { features: 16, count: 16, factor: 8 },
  { features: 33, count: 5, factor: 30 },
])("d = $features, k = $count, means $factor times as far apart", ({ features, count, factor }) => {
  const problem = separated(features, count, factor);

  it.each(CALLS)("%s: the same bits after any earlier passes over the rows", async (_, call) => {
    const backend = createWasmBackend({ threads: 1 });
    const fresh = await backend.upload(problem.data);
    const expected = await call(backend.kernels, fresh, problem);
    backend.release(fresh);

    const handle = await backend.upload(problem.data);
    const elsewhere = { ...problem, components: spread(problem.components, -1) };
    const fewer = draw({ rows: 1, features, count: 2 });
    for (const other of [
      problem,
      problem,
      elsewhere,
      problem,
      { ...problem, components: fewer.components, centres: fewer.centres },
      problem,
    ]) {
      await call(backend.kernels, handle, other);
      expect(await call(backend.kernels, handle, problem)).toEqual(expected);
    }
    backend.release(handle);
  });

  it.each(CALLS)("%s: what the reference backend finds, in the third pass as in the first", async (_, call) => {
    const backend = createWasmBackend({ threads: 1 });
    const handle = await backend.upload(problem.data);
    const expected = await call(referenceBackend.kernels, problem.data, problem);
    // Live pairs are counted up to a bound that is each backend's own.
    const compared = expected.subarray(0, -1);

    for (const _pass of [1, 2, 3]) {
      const found = await call(backend.kernels, handle, problem);
      // Sums over 5 000 rows, in an order of their own, of terms that are at most as large as the largest sum: 5 000 × 1.1e-16 at the worst.
      const scale = compared.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = compared.reduce((most, value, index) => Math.max(most, Math.abs(value - found[index]!)), 0);
      expect(worst / scale).toBeLessThan(1e-12);
    }
    backend.release(handle);
  });
});
