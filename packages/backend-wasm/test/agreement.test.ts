import { centroidComponents, referenceBackend } from "@mixtura/backend";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import type { Size } from "./data.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";

// The suite of the contract stops at 17 features and 7 components. Blocks, tiles and panels have edges beyond.

const random = createRandom(99);
const SIZES = Array.from({ length: 24 }, (): Size & { readonly shape: string; readonly shared: boolean } => ({
  features: 1 + random.integer(random.integer(3) === 0 ? 130 : 24),
  count: 1 + random.integer(random.integer(3) === 0 ? 40 : 12),
  rows: 1 + random.integer(random.integer(4) === 0 ? 1500 : 150),
  shape: (["full", "full", "diag", "spherical"] as const)[random.integer(4)]!,
  shared: random.integer(3) === 0,
  seed: random.integer(1e6),
}));

describe.each([{ deterministic: false }, { deterministic: true }])("deterministic: $deterministic", (options) => {
  const backend = createWasmBackend({ ...options, threads: 1 });

  it.each(SIZES)("agrees with the reference: n = $rows, d = $features, k = $count, $shape, shared $shared", async (size) => {
    const problem = draw(size);
    const handle = await backend.upload(problem.data);
    const worst: Record<string, number> = {};

    for (const [name, call] of Object.entries(EVERY_CALL)) {
      const found = await call(backend.kernels, handle, problem);
      const expected = await call(referenceBackend.kernels, problem.data, problem);
      // Live pairs, the last of moments, are counted up to a bound that is each backend's own.
      const compared = /moments|expectation/.test(name) ? expected.subarray(0, -1) : expected;
      const scale = compared.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = (value: number, index: number) => (Object.is(value, found[index]) ? 0 : Math.abs(value - found[index]!) / scale);
      worst[name] = compared.reduce((most, value, index) => Math.max(most, off(value, index)), 0);
    }
    backend.release(handle);

    // Sums of up to 1 500 rows of distances of 130 × 130 products, relative to the largest number: √(1 500 + 130²) × 1.1e-16 = 1.5e-14 is typical.
    expect(Object.entries(worst).filter(([, figure]) => !(figure < 1e-12))).toEqual([]);
  });

  // Components that differ in nothing but their means have a kernel of their own, in pairs: odd counts, padded rows, ties, rows out of reach.
  it.each(SIZES)("gives rows to the nearest mean as the reference does: n = $rows, d = $features, k = $count", async (size) => {
    const { data, components, centres, rowWeights } = draw(size);
    const { columns: d } = data;
    const means = components.means.slice();
    if (size.count > 2) means.copyWithin(d, 0, d); // a tie: the first of equals
    data.data.fill(1e200, 0, d); // beyond every mean: its squared distance is Infinity
    const nearest = centroidComponents(means, size.count);
    const handle = await backend.upload(data);

    for (const scatter of ["none", "diag"] as const) {
      for (const weights of [undefined, rowWeights.map((weight, row) => (row === 0 ? 0 : weight))]) {
        const options = { rowWeights: weights, centres, scatter, assignment: "hard" } as const;
        const found = await backend.kernels.expectation(handle, nearest, options);
        const expected = await referenceBackend.kernels.expectation(data, nearest, options);
        if (weights === undefined) {
          expect(found.s0).toEqual(expected.s0); // counts; the other sums hold the far row
          continue;
        }
        const largest = Math.max(1, ...expected.s1.map(Math.abs), ...expected.S2.map(Math.abs), Math.abs(expected.logLikelihood));
        const off = (a: Float64Array, b: Float64Array): number =>
          a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
        // Sums of up to 1 500 numbers in another order, relative to the largest: as above.
        expect(off(found.s0, expected.s0) / Math.max(1, expected.weight)).toBeLessThan(1e-12);
        expect(off(found.s1, expected.s1) / largest).toBeLessThan(1e-12);
        expect(off(found.S2, expected.S2) / largest).toBeLessThan(1e-12);
        expect(Math.abs(found.logLikelihood - expected.logLikelihood) / largest).toBeLessThan(1e-12);
      }
    }
    const found = await backend.kernels.nearestCentroid(handle, means);
    const expected = await referenceBackend.kernels.nearestCentroid(data, means);
    backend.release(handle);
    expect(found.labels).toEqual(expected.labels);
    expect(found.squaredDistances[0]).toBe(Infinity);
  });
});
