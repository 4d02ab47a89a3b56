import { invertLower, transposeTimesLower, whiteningOfCovariance, whiteningOfPrecision } from "../src/internal/factors.ts";
import type { Cholesky } from "../src/internal/factors.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identity, isLowerTriangular, largest, largestDifference, multiply, positiveDefinite, transpose } from "./matrices.ts";

function factorOf(result: Cholesky): Float64Array {
  if (!result.ok) throw new Error(`pivot ${result.index} failed`);
  return result.factor;
}

describe("whitening factors", () => {
  it("turn their covariance into the identity", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ d, a }) => {
        const whitening = factorOf(whiteningOfCovariance(a, d));

        const whitened = multiply(multiply(whitening, a, d), transpose(whitening, d), d);
        const size = multiply(multiply(whitening.map(Math.abs), a.map(Math.abs), d), transpose(whitening, d).map(Math.abs), d);
        // The factor's own error is at most (d + 1) u |L||Lᵀ|, and W enlarges it no more than it enlarges A itself.
        expect(largestDifference(whitened, identity(d))).toBeLessThanOrEqual(8 * (d + 1) * 2 ** -53 * largest(size));
      }),
      { seed: 5 },
    );
  });

  it("rebuild the precision matrix that they are made from, without inverting it", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ d, a }) => {
        const whitening = factorOf(whiteningOfPrecision(a, d));

        expect(isLowerTriangular(whitening, d)).toBe(true);
        // The backward error of Cholesky alone (Higham 2002, theorem 10.3): it does not grow with the condition of the matrix.
        expect(largestDifference(transposeTimesLower(whitening, d), a)).toBeLessThanOrEqual(4 * (d + 1) * 2 ** -53 * largest(a));
      }),
      { seed: 6 },
    );
  });

  it("are the same from a precision matrix as from the covariance it belongs to", () => {
    const covariance = Float64Array.of(4, 2, 0.5, 2, 5, 1, 0.5, 1, 3);
    const whitening = factorOf(whiteningOfCovariance(covariance, 3));

    const again = factorOf(whiteningOfPrecision(transposeTimesLower(whitening, 3), 3));

    // A lower factor with a positive diagonal is unique; the condition number here is below 10.
    expect(largestDifference(again, whitening)).toBeLessThanOrEqual(1e-14);
    expect(largestDifference(invertLower(invertLower(whitening, 3), 3), whitening)).toBeLessThanOrEqual(1e-14);
  });

  it("report a pivot that failed by its place in the matrix given", () => {
    const flatInLast = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0);

    expect(whiteningOfCovariance(flatInLast, 3)).toMatchObject({ ok: false, index: 2, pivot: 0 });
    expect(whiteningOfPrecision(flatInLast, 3)).toMatchObject({ ok: false, index: 2, pivot: 0 });
  });
});
