import type { TfjsBackend } from "../src/index.ts";
import type { FitTrace } from "@mixtura/core";
import { loadData } from "@mixtura/fixtures";
import { covarianceTypes, GaussianMixture, KMeans } from "@mixtura/mixture";
import { beforeAll, describe, expect, it } from "vitest";
import { engines } from "./engines.ts";

const rows = loadData("iris").rows.map((row) => row.map((value) => Math.round(value * 16) / 16));
const STARTS = [10, 60, 110];

/** The rows, moved and stretched. Sixteenths can be moved by 1e8 without rounding, and are steps there as well. */
const changed = (scale: number, shift: number): number[][] => rows.map((row) => row.map((value) => value * scale + shift));

function mixture(X: readonly (readonly number[])[], covarianceType: (typeof covarianceTypes)[number], backend: TfjsBackend) {
  return new GaussianMixture({ nComponents: 3, covarianceType, meansInit: STARTS.map((row) => X[row]!), tol: 0, maxIter: 25, backend });
}

/** What a fit says of the numbers it computed with; 44 parameters are many for 150 rows, on any backend. */
const ofNumbers = ({ trace }: { readonly trace: FitTrace }) => trace.diagnostics.filter(({ code }) => code !== "few-rows-for-parameters");

/** What a log-density per row may be off by: a few nats, each term rounded to 6e-8 of itself at random, over 25 iterations that carry errors on. */
const NATS = 1e-5;

// The engine in JavaScript shares all but its arithmetic with the others.
describe.each(engines.filter(({ engine }) => engine !== "cpu"))("properties of fits in single precision: tfjs $engine", ({ create }) => {
  let backend: TfjsBackend;
  beforeAll(async () => {
    backend = await create();
  });

  it.each(covarianceTypes)("adding 1e8 to the data moves the means and nothing else: %s covariance", async (type) => {
    const there = changed(1, 1e8);

    const [plain, moved] = [await mixture(rows, type, backend).fit(rows), await mixture(there, type, backend).fit(there)];

    // Rows are centred in float64 before they are rounded. Their mean near 1e8 is a double in steps of 1.5e-8, so the last digits are rounded anew.
    const bounds = moved.trace.lowerBounds.map((bound, map) => Math.abs(bound - plain.trace.lowerBounds[map]!));
    expect(Math.max(...bounds)).toBeLessThan(NATS);
    expect(await moved.predict(there)).toEqual(await plain.predict(rows));
    const shifts = moved.means.data.map((mean, at) => Math.abs(mean - 1e8 - plain.means.data[at]!));
    expect(Math.max(...shifts)).toBeLessThan(1e-5); // 25 iterations, each with means to 1e-7 of a standard deviation
    expect(ofNumbers(moved).map(({ code }) => code)).toEqual(["single-precision"]);
  });

  it.each(covarianceTypes)("stretching the data by 1e9 or 1e-9 changes the score as it should: %s covariance", async (type) => {
    const plain = await mixture(rows, type, backend).fit(rows);
    const score = await plain.score(rows);

    for (const scale of [1e9, 1e-9]) {
      const X = changed(scale, 0);
      const model = await mixture(X, type, backend).fit(X);
      const expected = score - 4 * Math.log(scale);

      expect(model.trace.diagnostics.map(({ code }) => code)).not.toContain("backend-fell-back");
      // Numbers that are scaled by other factors than powers of two are rounded anew.
      expect(Math.abs((await model.score(X)) - expected)).toBeLessThan(NATS);
      expect(await model.predict(X)).toEqual(await plain.predict(rows));
    }
  });

  it("stretching the data by 1e9 or 1e-9 changes no cluster", async () => {
    const fit = (X: number[][]) => new KMeans({ nClusters: 3, init: STARTS.map((row) => X[row]!), backend }).fit(X);
    const plain = await fit(changed(1, 0));
    for (const scale of [1e9, 1e-9]) {
      const X = changed(scale, 0);
      const model = await fit(X);
      expect(await model.predict(X)).toEqual(await plain.predict(rows));
      expect(Math.abs(model.inertia / scale ** 2 / plain.inertia - 1)).toBeLessThan(1e-6); // 150 squares with some roundings of 6e-8 each
      expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(["single-precision"]);
    }
  });

  it("a tol finer than single precision tells is reached in float64, and said", async () => {
    const model = await mixture(rows, "full", backend).with({ tol: 1e-10, maxIter: 1000 }).fit(rows);

    const exact = await mixture(rows, "full", backend).with({ tol: 1e-10, maxIter: 1000, precision: "mixed" }).fit(rows);
    expect(model.trace.converged).toBe(true);
    expect(model.trace.lowerBounds).toEqual(exact.trace.lowerBounds);
    expect(ofNumbers(model).map(({ code, detail }) => [code, detail?.["reason"]])).toEqual([
      ["single-precision", undefined],
      ["backend-fell-back", "asked"],
    ]);
  });

  it("the same seed gives the same bits, from rows in memory or in blocks", async () => {
    const flat = Float64Array.from(rows.flat());
    const source = {
      columns: 4,
      async *blocks() {
        for (let start = 0; start < 150; start += 40) {
          const count = Math.min(40, 150 - start);
          yield { X: { data: flat.slice(start * 4, (start + count) * 4), rows: count, columns: 4 } };
        }
      },
    };
    const estimator = new GaussianMixture({ nComponents: 3, randomState: 3, backend });

    const [first, second, blocks] = [await estimator.fit(rows), await estimator.fit(rows), await estimator.fit(source)];

    expect(second.trace.lowerBounds).toEqual(first.trace.lowerBounds);
    expect(blocks.trace.lowerBounds).toEqual(first.trace.lowerBounds);
  });
});
