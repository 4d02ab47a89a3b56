import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { qn } from "../../src/robust/scale/qn.ts";
import { tauScale } from "../../src/robust/scale/tau.ts";

/** Qn from its definition, without the factor for few values, which divides out of a quotient of two. */
function differenceOfQn(values: readonly number[]): number {
  const differences = values.flatMap((a, i) => values.slice(0, i).map((b) => Math.abs(a - b))).sort((a, b) => a - b);
  const half = Math.floor(values.length / 2) + 1;
  return differences[(half * (half - 1)) / 2 - 1]!;
}

const normal = (seed: number, n: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.normal());
};

describe("Qn", () => {
  it.each([49, 50, 120, 357, 999])("takes the difference of the rank that its definition names: %d values", (n) => {
    const given = normal(n, n);
    // Two data sets of one size share every factor.
    const other = given.map((value, i) => (i % 3 === 0 ? 20 * value : Math.round(value * 4)));

    const quotient = qn(Float64Array.from(other)) / qn(Float64Array.from(given));

    // One multiplication by the same factor each: rounding.
    expect(quotient).toBeCloseTo(differenceOfQn(other) / differenceOfQn(given), 12);
  });

  it("does so for any values, ties among them", () => {
    const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 49, maxLength: 90 }), (given) => {
        const reference = given.map((_, i) => i);
        const factor = qn(Float64Array.from(reference)) / differenceOfQn(reference);

        expect(qn(Float64Array.from(given))).toBeCloseTo(factor * differenceOfQn(given), 9);
      }),
    );
  });

  it.each([2, 3, 5, 8, 12, 13, 20, 40])("is the standard deviation of normal data on average: samples of %d values", (n) => {
    const random = createRandom(n);
    const replicates = 20_000;
    let sum = 0;
    for (let r = 0; r < replicates; r++) sum += qn(Float64Array.from({ length: n }, () => random.normal())) / replicates;

    // Qn varies by less than 85 % of itself in such samples, so their mean by 0.6 %: five times that, once in a million.
    expect(Math.abs(sum - 1)).toBeLessThan(0.03);
  });

  it("is 0 where more than half of the values are equal, and no outliers move it far", () => {
    expect(qn(Float64Array.of(1, 1, 1, 1, 7, 9))).toBe(0);
    expect(qn(Float64Array.of(3))).toBe(0);
    const clean = normal(4, 200);
    const spoilt = clean.map((value, i) => (i < 90 ? 1e9 * (i + 1) : value));
    expect(qn(Float64Array.from(spoilt))).toBeLessThan(10 * qn(Float64Array.from(clean)));
  });

  it("follows scaling and shifts, and leaves its argument alone", () => {
    const given = Float64Array.from(normal(5, 60));
    const kept = given.slice();

    // Powers of two change no bit.
    expect(qn(given.map((value) => -4 * value))).toBe(4 * qn(given));
    expect(given).toEqual(kept);
  });
});

describe("the τ-scale", () => {
  const tau = (values: readonly number[]): number => tauScale(Float64Array.from(values), new Float64Array(values.length));

  it("is the standard deviation of normal data", () => {
    // The standard error at 200,000 values is 0.2 %: five times that.
    expect(Math.abs(tau(normal(6, 200_000)) - 1)).toBeLessThan(0.01);
  });

  it("is what its formula gives", () => {
    const given = [-4, -1, 0, 0.5, 1, 1.5, 2, 30];
    // By hand: median 0.75, median absolute deviation 1.0; weights (1 − (x / 4.5)²)² within 4.5 of the median.
    const x = given.map((value) => value - 0.75);
    const w = x.map((value) => (Math.abs(value) < 4.5 ? (1 - (value / 4.5) ** 2) ** 2 : 0));
    const centre = x.reduce((sum, value, i) => sum + w[i]! * value, 0) / w.reduce((sum, value) => sum + value, 0);
    const mean = x.reduce((sum, value) => sum + Math.min((value - centre) ** 2, 9), 0) / x.length;
    // E min(X², c²) for c = 3 Φ⁻¹(3/4), by SciPy 1.17.
    const consistency = 0.9247153921761315;

    expect(tau(given)).toBeCloseTo(Math.sqrt(mean / consistency), 12);
  });

  it("is 0 where more than half of the values are equal", () => {
    expect(tau([2, 2, 2, 5, 9])).toBe(0);
  });
});
