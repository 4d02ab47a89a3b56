import { cholesky, invertLower, lowerTimesTranspose, transposeTimesLower } from "../src/internal/factors.ts";
import type { Cholesky } from "../src/internal/factors.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Square } from "./matrices.ts";
import { identity, isLowerTriangular, largest, largestDifference, multiply, positiveDefinite, transpose } from "./matrices.ts";

/** A lower triangle with a positive diagonal: the factor of a random covariance. */
const lowerTriangle: fc.Arbitrary<Square> = positiveDefinite.map(({ d, a }) => ({ d, a: factorOf(cholesky(a, d)) }));

function factorOf(result: Cholesky): Float64Array {
  if (!result.ok) throw new Error(`pivot ${result.index} failed`);
  return result.factor;
}

describe("invertLower", () => {
  it("gives a lower triangle whose product with the input is the identity", () => {
    fc.assert(
      fc.property(lowerTriangle, ({ d, a }) => {
        const inverse = invertLower(a, d);

        expect(isLowerTriangular(inverse, d)).toBe(true);
        // |L X − I| ≤ c d u |L||X| for substitution (Higham 2002, §14.2).
        const bound = 4 * d * 2 ** -53 * largest(multiply(a.map(Math.abs), inverse.map(Math.abs), d));
        expect(largestDifference(multiply(a, inverse, d), identity(d))).toBeLessThanOrEqual(bound);
      }),
      { seed: 3 },
    );
  });

  it("does not read what is above the diagonal", () => {
    expect(invertLower(Float64Array.of(2, Number.NaN, 1, 4), 2)).toEqual(Float64Array.of(0.5, 0, -0.125, 0.25));
  });
});

describe("products of a triangle with its transpose", () => {
  it("equal the products written out, and are symmetric to the bit", () => {
    fc.assert(
      fc.property(lowerTriangle, ({ d, a }) => {
        const after = lowerTimesTranspose(a, d);
        const before = transposeTimesLower(a, d);

        expect(transpose(after, d)).toEqual(after);
        expect(transpose(before, d)).toEqual(before);
        // Sums of at most 12 products in another order.
        expect(largestDifference(after, multiply(a, transpose(a, d), d))).toBeLessThanOrEqual(24 * 2 ** -53 * largest(after));
        expect(largestDifference(before, multiply(transpose(a, d), a, d))).toBeLessThanOrEqual(24 * 2 ** -53 * largest(before));
      }),
      { seed: 4 },
    );
  });
});
