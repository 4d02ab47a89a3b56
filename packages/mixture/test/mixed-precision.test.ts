import type { Backend, ExpectationOptions } from "@mixtura/backend";
import { defineBackend, referenceBackend } from "@mixtura/backend";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { GaussianMixture } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const ROWS = 1500;
const FEATURES = 50;
const COMPONENTS = 3;

/** Overlapping Gaussian groups with features on very different scales, and starting means near them. */
function groups(seed: number) {
  const random = createRandom(seed);
  const scales = Array.from({ length: FEATURES }, (_, j) => 10 ** ((j % 5) - 2));
  const centres = Array.from({ length: COMPONENTS }, () => scales.map((scale) => scale * 0.5 * random.normal()));
  const rows = Array.from({ length: ROWS }, (_, i) => centres[i % COMPONENTS]!.map((centre, j) => centre + scales[j]! * random.normal()));
  const meansInit = centres.map((centre) => centre.map((value, j) => value + 0.2 * scales[j]! * random.normal()));
  return { rows, meansInit };
}

/** A backend that writes down the precision of every pass it is asked for. */
function watched(backend: Backend): { readonly backend: Backend; readonly asked: ExpectationOptions["precision"][] } {
  const asked: ExpectationOptions["precision"][] = [];
  const kernels: Backend["kernels"] = {
    ...backend.kernels,
    expectation(data, components, options) {
      asked.push(options.precision);
      return backend.kernels.expectation(data, components, options);
    },
  };
  return { backend: { ...backend, kernels }, asked };
}

describe("mixed precision", () => {
  it.each([1, 2, 3])("ends at the same optimum from the same start (seed %i)", async (seed) => {
    const { rows, meansInit } = groups(seed);
    const { backend, asked } = watched(createWasmBackend());
    const estimator = new GaussianMixture({ nComponents: COMPONENTS, meansInit, tol: 1e-9, acceleration: "none", backend });

    const exact = await estimator.fit(rows);
    const exactPasses = asked.length;
    const mixed = await estimator.with({ precision: "mixed" }).fit(rows);

    expect(asked.slice(0, exactPasses)).not.toContain("float32");
    expect(asked.slice(exactPasses)).toContain("float32");
    expect(mixed.trace.converged).toBe(true);
    expect(Array.from(await mixed.predict(rows))).toEqual(Array.from(await exact.predict(rows)));
    // Both stop where a map changes the bound by less than 1e-9; EM's linear rate leaves some hundred times that to the optimum.
    expect(Math.abs((await mixed.score(rows)) - (await exact.score(rows)))).toBeLessThan(1e-7);
  });

  it("makes its last passes, and the reported likelihood, in double precision", async () => {
    const { rows, meansInit } = groups(4);
    const { backend, asked } = watched(createWasmBackend());

    const model = await new GaussianMixture({ nComponents: COMPONENTS, meansInit, precision: "mixed", backend }).fit(rows);

    const first = asked.indexOf("float64");
    expect(first).toBeGreaterThan(0);
    expect(asked.slice(first)).not.toContain("float32");
    // The last bound is of the parameters before the last map, so the score lies at it or above, by at most a few of the last changes.
    expect(await model.score(rows)).toBeGreaterThanOrEqual(model.trace.lowerBounds.at(-1)! - 1e-12);
  });

  it("takes a fit for converged by two bounds in double precision, not by one in double and one in single precision", async () => {
    const random = createRandom(9);
    const rows = Array.from({ length: 3000 }, (_, i) => Array.from({ length: 12 }, () => (i % 2) * 1.2 + random.normal()));
    const meansInit = [0.2, 1].map((value) => Array.from({ length: 12 }, () => value));
    const { backend, asked } = watched(createWasmBackend());
    const tol = 1e-3;

    const { trace } = await new GaussianMixture({ nComponents: 2, meansInit, precision: "mixed", tol, acceleration: "none", backend }).fit(
      rows,
    );

    const single = asked.filter((precision) => precision === "float32").length;
    const changes = trace.lowerBounds.map((bound, t) => bound - (trace.lowerBounds[t - 1] ?? -Infinity));
    expect(single).toBeGreaterThan(0);
    expect(changes[single]).toBeLessThan(tol); // the first bound in double precision would have been enough
    expect(trace).toMatchObject({ converged: true, iterations: single + 2 });
  });

  it.each([1e-12, 1e-3])(
    "leaves single precision once bounds change by less than a millionth of them, or ten times tol: %d",
    async (tol) => {
      const random = createRandom(10);
      const rows = Array.from({ length: 400 }, (_, i) => Array.from({ length: 2 }, () => (i % 2) * 2.5 + random.normal()));
      const meansInit = [
        [0.5, 1],
        [2, 1],
      ];
      const { backend, asked } = watched(referenceBackend);

      const { trace } = await new GaussianMixture({
        nComponents: 2,
        meansInit,
        precision: "mixed",
        tol,
        acceleration: "none",
        backend,
      }).fit(rows);

      const { lowerBounds } = trace;
      const small = lowerBounds.findIndex(
        (bound, t) => t > 0 && Math.abs(bound - lowerBounds[t - 1]!) < Math.max(10 * tol, 1e-6 * Math.abs(bound)),
      );
      expect(small).toBeGreaterThan(1);
      const passes = asked.slice(-lowerBounds.length - 1); // each map takes one, and the end is judged by one more
      expect(passes.slice(0, small + 1)).toEqual(Array.from({ length: small + 1 }, () => "float32"));
      expect(new Set(passes.slice(small + 1))).toEqual(new Set(["float64"]));
    },
  );

  it("makes a map again in double precision where its result looks broken, and counts it once", async () => {
    const random = createRandom(11);
    const X = Array.from({ length: 100 }, () => [random.normal()]);
    const { backend, asked } = watched(referenceBackend);
    // The mean moves by more than a thousand standard deviations: scatter is to be taken again.
    const start = { weightsInit: [1], meansInit: [[5000]], precisionsInit: [[[1]]] };

    const { trace } = await new GaussianMixture({ nComponents: 1, ...start, regCovar: 0, precision: "mixed", maxIter: 1, backend }).fit(X);

    expect(asked.slice(0, 3)).toEqual(["float32", "float64", "float64"]);
    expect(trace).toMatchObject({ iterations: 1, lowerBounds: [expect.any(Number) as number] });
  });

  it("is what a float32 backend is used by where tol is below a millionth, and not above", async () => {
    const random = createRandom(12);
    const X = Array.from({ length: 200 }, (_, i) => [(i % 2) * 3 + random.normal()]);
    const backend = defineBackend(countedDevice("float32").primitives) as Backend;
    const reasons = async (tol: number) => {
      const { trace } = await new GaussianMixture({ nComponents: 2, meansInit: [[0], [3]], tol, backend }).fit(X);
      return trace.diagnostics.filter(({ code }) => code === "backend-fell-back").map(({ detail }) => detail?.["reason"]);
    };

    expect(await reasons(0.9e-6)).toEqual(["asked"]);
    expect(await reasons(1.1e-6)).toEqual([]);
  });

  it("is plain float64 on a backend that knows no other", async () => {
    const { rows, meansInit } = groups(5);
    const estimator = new GaussianMixture({ nComponents: COMPONENTS, meansInit, maxIter: 6, tol: 0 });

    const plain = await estimator.fit(rows.slice(0, 300));
    const mixed = await estimator.with({ precision: "mixed" }).fit(rows.slice(0, 300));

    expect(mixed.trace.lowerBounds).toEqual(plain.trace.lowerBounds);
  });
});
