import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastVariance } from "../../src/robust/search/least-variance.ts";

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
}

describe("the stretch of least variance", () => {
  it("is the best of all stretches", () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.nat(), (given, seed) => {
        const sorted = given.toSorted((a, b) => a - b);
        const count = 1 + (seed % sorted.length);

        const found = leastVariance(Float64Array.from(sorted), count);

        const all = sorted.slice(0, sorted.length - count + 1).map((_, start) => variance(sorted.slice(start, start + count)));
        // Sums in another order.
        expect(found.variance).toBeCloseTo(Math.min(...all), 6);
        const own = sorted.slice(found.start, found.start + count);
        expect(found.mean).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / count, 8);
        expect(found.variance).toBeCloseTo(variance(own), 6);
      }),
    );
  });

  it("loses no digits to values that are far away, on either side", () => {
    const near = [1, 2, 3, 4, 5];
    const found = leastVariance(Float64Array.of(-1e150, -1e120, ...near, 1e140), 5);

    expect(found).toEqual({ start: 2, mean: 3, variance: 2.5 });
  });

  it("is the first of equals", () => {
    expect(leastVariance(Float64Array.of(0, 1, 2, 3), 2).start).toBe(0);
  });
});
