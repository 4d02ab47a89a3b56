import { cholesky } from "../src/internal/factors.ts";
import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hilbert, isLowerTriangular, multiply, positiveDefinite, symmetric, transpose } from "./matrices.ts";

const UNIT_ROUNDOFF = 2 ** -53;

describe("cholesky", () => {
  it("rebuilds its input from a lower factor with a positive diagonal", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ d, a }) => {
        const result = cholesky(a, d);

        if (!result.ok) throw new Error(`pivot ${result.index} failed`);
        const { factor } = result;
        expect(isLowerTriangular(factor, d)).toBe(true);
        for (let i = 0; i < d; i++) expect(factor[i * d + i]).toBeGreaterThan(0);
        // |A − L Lᵀ| ≤ (d + 1) u |L||Lᵀ| elementwise (Higham 2002, theorem 10.3), and as much again for the product formed here.
        const rebuilt = multiply(factor, transpose(factor, d), d);
        const size = factor.map(Math.abs);
        const bound = multiply(size, transpose(size, d), d);
        rebuilt.forEach((value, index) =>
          expect(Math.abs(value - a[index]!)).toBeLessThanOrEqual(2 * (d + 1) * UNIT_ROUNDOFF * bound[index]!),
        );
      }),
      { seed: 1 },
    );
  });

  it("reads the lower triangle only, and writes to nothing it was given", () => {
    const a = Float64Array.of(4, Number.NaN, 2, 5);
    const before = a.slice();

    expect(cholesky(a, 2)).toEqual({ ok: true, factor: Float64Array.of(2, 0, 1, 2) });
    expect(a).toEqual(before);
  });

  it.each([
    ["zeros", [0, 0, 0, 0], 0, 0],
    ["a negative diagonal", [-1, 0, 0, 1], 0, -1],
    ["equal rows", [1, 1, 1, 1], 1, 0],
    ["an indefinite matrix", [1, 2, 2, 1], 1, -3],
  ])("reports the first failed pivot and its value: %s", (_, a, index, pivot) => {
    expect(cholesky(Float64Array.from(a), 2)).toEqual({ ok: false, index, pivot });
  });

  it.each([
    ["NaN", Number.NaN],
    ["infinity", Infinity],
  ])("fails at %s instead of passing it on", (_, bad) => {
    expect(cholesky(Float64Array.of(1, 0, 0, bad), 2)).toMatchObject({ ok: false, index: 1 });
  });

  it("never gives a factor with NaN or a pivot of zero, for any signs of the matrix", () => {
    fc.assert(
      fc.property(symmetric, ({ d, a }) => {
        const result = cholesky(a, d);
        if (result.ok)
          expect(result.factor.every((value, index) => Number.isFinite(value) && (index % (d + 1) !== 0 || value > 0))).toBe(true);
        else expect(result.index).toBeLessThan(d);
      }),
      { seed: 2 },
    );
  });

  it("reports a matrix that is singular up to rounding", () => {
    // Repeated features with a factor of 3: products round, and the last pivot is a crumb of either sign.
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed);
      const x = Array.from({ length: 3 }, () => random.normal());
      const rows = [x, x.map((value) => 3 * value)];
      const a = Float64Array.from(rows.flatMap((u) => rows.map((v) => u.reduce((sum, value, i) => sum + value * v[i]!, 0))));
      const result = cholesky(a, 2);
      // A crumb of up to 3 u Aᵢᵢ can come from rounding the entries themselves: larger pivots are not rounding.
      if (result.ok) expect(result.factor[3]! ** 2).toBeLessThanOrEqual(8 * UNIT_ROUNDOFF * a[3]!);
      else expect(Math.abs(result.pivot)).toBeLessThanOrEqual(8 * UNIT_ROUNDOFF * a[3]!);
    }
  });

  it("still factorises a Hilbert matrix of condition 1e13", () => {
    expect(cholesky(hilbert(10), 10).ok).toBe(true);
  });
});
