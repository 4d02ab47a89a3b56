import { symmetricEigen, symmetricEigenInTurns } from "../src/internal/algebra.ts";
import { createPace, createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hilbert, identity, largest, largestDifference, multiply, symmetric, transpose } from "./matrices.ts";

describe("symmetricEigen", () => {
  it("rebuilds its input from orthonormal vectors and ascending values, and leaves it alone", () => {
    fc.assert(
      fc.property(symmetric, ({ d, a }) => {
        const before = a.slice();
        const { values, vectors } = symmetricEigen(a, d);

        expect(a).toEqual(before);
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
        // A few hundred rotations, each of relative error 3 u; in practice errors are far smaller (Golub & Van Loan 2013, §8.5.5).
        const tolerance = 1e-13;
        expect(largestDifference(multiply(transpose(vectors, d), vectors, d), identity(d))).toBeLessThanOrEqual(tolerance);
        const scaled = vectors.map((value, index) => value * values[index % d]!);
        expect(largestDifference(multiply(scaled, transpose(vectors, d), d), a)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(a)));
      }),
      { seed: 7 },
    );
  });

  it.each([2, 4, 6, 8])("finds the small eigenvalues of the Hilbert matrix of order %i: their product is its determinant", (d) => {
    const { values } = symmetricEigen(hilbert(d), d);

    const product = values.reduce((left, right) => left * right, 1);
    // Entries rounded by u move the smallest eigenvalue by up to u × the condition number, which is about e^(3.5 d).
    const tolerance = 2 ** -53 * Math.exp(3.5 * d);
    expect(values[0]).toBeGreaterThan(0);
    expect(Math.abs(product / hilbertDeterminant(d) - 1)).toBeLessThanOrEqual(tolerance);
  });

  it("keeps the digits of an eigenvalue 20 powers of ten below the largest", () => {
    // [1 ½; ½ 1] with its second feature in units 1e10 times as large: λ₁ λ₂ = ¾ × 1e-20 exactly, λ₂ = 1 + ¼ × 1e-20 + … = 1 in float64.
    const small = 1e-10;
    const { values } = symmetricEigen(Float64Array.of(1, 0.5 * small, 0.5 * small, small * small), 2);

    // Jacobi errs relative to each diagonal element (Demmel & Veselić 1992); a dozen roundings.
    expect(Math.abs(values[0]! / (0.75 * small * small) - 1)).toBeLessThanOrEqual(1e-14);
    expect(values[1]).toBe(1);
  });

  it.each([-1000, -540, -300, 300, 540, 1000])("is the same in any unit: the matrix × 2^%i", (power) => {
    // A power of two costs no digits, so vectors are the same to the bit, also where products of elements have no double.
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 1e6 }), (d, seed) => {
        const random = createRandom(seed);
        const a = new Float64Array(d * d);
        for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) a[i * d + j] = a[j * d + i] = random.normal();
        const plain = symmetricEigen(a, d);
        const scaled = symmetricEigen(
          a.map((value) => value * 2 ** power),
          d,
        );
        // Below 2^−1022 / 2^−53 the last digits of products are lost.
        const tolerance = power > 0 ? 1e-14 : 1e-13;
        expect(
          largestDifference(
            scaled.values,
            plain.values.map((value) => value * 2 ** power),
          ),
        ).toBeLessThanOrEqual(tolerance * 8 * 2 ** power);
        expect(largestDifference(scaled.vectors, plain.vectors)).toBeLessThanOrEqual(1e-9);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  it("handles multiples of the identity, zeros and a single number", () => {
    expect(symmetricEigen(identity(3), 3).values).toEqual(Float64Array.of(1, 1, 1));
    expect(symmetricEigen(new Float64Array(4), 2)).toEqual({ values: Float64Array.of(0, 0), vectors: identity(2) });
    expect(symmetricEigen(Float64Array.of(-7), 1)).toEqual({ values: Float64Array.of(-7), vectors: Float64Array.of(1) });
  });

  it("in steps gives the same bits, and ends when it is aborted", async () => {
    const d = 60;
    const random = createRandom(5);
    const root = Float64Array.from({ length: d * d }, () => random.normal());
    const matrix = multiply(root, transpose(root, d), d);
    for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) matrix[i * d + j] = matrix[j * d + i]!;

    expect(await symmetricEigenInTurns(matrix, d, createPace())).toEqual(symmetricEigen(matrix, d));

    const aborted = { ...createPace(AbortSignal.abort()), due: () => true };
    await expect(symmetricEigenInTurns(matrix, d, aborted)).rejects.toMatchObject({ code: "aborted" });
  });
});

/** c⁴ₙ / c₂ₙ with cₙ = ∏ᵢ i! for i below n (Hilbert 1894). */
function hilbertDeterminant(n: number): number {
  const logFactorial = (i: number): number => Array.from({ length: i }, (_, j) => Math.log(j + 1)).reduce((a, b) => a + b, 0);
  const logC = (count: number): number => Array.from({ length: count }, (_, i) => logFactorial(i)).reduce((a, b) => a + b, 0);
  return Math.exp(4 * logC(n) - logC(2 * n));
}
