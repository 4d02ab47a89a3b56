import {
  cholesky,
  invertLower,
  lowerTimesTranspose,
  transposeTimesLower,
  whiteningOfCovariance,
  whiteningOfPrecision,
  mirrorLower,
  whitenCovariance,
} from "../src/internal/factors.ts";
import type { Cholesky } from "../src/internal/factors.ts";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { multiply, transpose } from "./matrices.ts";

// Around the edges of tiles of 4 × 2, of the order from which on they are used, and of the squares in which matrices are turned over.
const ORDERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 31, 32, 33, 64, 100];

function covariance(d: number): Float64Array {
  const random = createRandom(d);
  const b = Float64Array.from({ length: d * d }, () => random.normal());
  return multiply(b, transpose(b, d), d).map((value, index) => value + (index % (d + 1) === 0 ? 0.1 : 0));
}

function factorOf(result: Cholesky): Float64Array {
  if (!result.ok) throw new Error(`pivot ${result.index} failed`);
  return result.factor;
}

/** Cholesky's algorithm as textbooks have it; the index and the value of a pivot that is not positive. */
function plainCholesky(a: Float64Array, d: number): { factor: Float64Array; index: number; pivot: number } {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * d + j]!;
      for (let t = 0; t < j; t++) rest -= factor[i * d + t]! * factor[j * d + t]!;
      if (j < i) factor[i * d + j] = rest / factor[j * d + j]!;
      else if (rest > 0) factor[i * d + i] = Math.sqrt(rest);
      else return { factor, index: i, pivot: rest };
    }
  }
  return { factor, index: -1, pivot: 0 };
}

/** Forward substitution, column by column. */
function plainInverse(lower: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    inverse[j * d + j] = 1 / lower[j * d + j]!;
    for (let i = j + 1; i < d; i++) {
      let sum = 0;
      for (let t = j; t < i; t++) sum -= lower[i * d + t]! * inverse[t * d + j]!;
      inverse[i * d + j] = sum * (1 / lower[i * d + i]!);
    }
  }
  return inverse;
}

describe.each(ORDERS)("tiled algebra of order %i", (d) => {
  const a = covariance(d);
  const { factor } = plainCholesky(a, d);
  const inverse = plainInverse(factor, d);

  // Tiles take every sum in the order of the plain loop, so results are equal to the bit.
  it("gives the bits of the plain loops: factor, inverse, whitening", () => {
    expect(factorOf(cholesky(a, d))).toEqual(factor);
    expect(invertLower(factor, d)).toEqual(inverse);
    expect(factorOf(whiteningOfCovariance(a, d))).toEqual(inverse);
  });

  it("gives the bits of the plain loops: products of a triangle with its transpose", () => {
    expect(lowerTimesTranspose(factor, d)).toEqual(multiply(factor, transpose(factor, d), d));
    expect(transposeTimesLower(factor, d)).toEqual(multiply(transpose(factor, d), factor, d));
  });

  it("factorises a precision matrix with the order of features turned round", () => {
    const turned = a.map((_, index) => a[d * d - 1 - index]!);
    const whitening = factorOf(whiteningOfPrecision(turned, d));

    expect(whitening).toEqual(transpose(factor, d).map((_, index, all) => all[d * d - 1 - index]!));
  });

  it("reads the lower triangle only", () => {
    const above = (values: Float64Array): Float64Array =>
      values.map((value, index) => (index % d > Math.floor(index / d) ? Number.NaN : value));

    expect(factorOf(cholesky(above(a), d))).toEqual(factor);
    expect(invertLower(above(factor), d)).toEqual(inverse);
    expect(factorOf(whiteningOfCovariance(above(a), d))).toEqual(inverse);
  });

  it("reports a failed pivot wherever it stands, with the value of the plain loop", () => {
    for (let index = 0; index < d; index++) {
      const bad = a.slice();
      bad[index * d + index] = -1;
      const expected = plainCholesky(bad, d);

      const found = { ok: false, index: expected.index, pivot: expected.pivot };
      expect(expected.index).toBe(index);
      expect(cholesky(bad, d)).toEqual(found);
      expect(whiteningOfCovariance(bad, d)).toEqual(found);
    }
  });

  it("writes between other numbers without touching them, and zeros where a pivot fails", () => {
    const around = 3;
    const source = new Float64Array(d * d + around).fill(7);
    source.set(a, around);
    const target = new Float64Array(d * d + 2 * around).fill(9);

    expect(whitenCovariance(source, around, target, around, d)).toBeUndefined();
    expect(target).toEqual(Float64Array.of(9, 9, 9, ...inverse, 9, 9, 9));

    source[around + d * d - 1] = -1;
    expect(whitenCovariance(source, around, target, around, d)).toMatchObject({ ok: false, index: d - 1 });
    expect(target).toEqual(Float64Array.of(9, 9, 9, ...new Float64Array(d * d), 9, 9, 9));
  });

  it("mirrors a lower triangle", () => {
    const m = a.map((value, index) => (index % d > Math.floor(index / d) ? Number.NaN : value));

    mirrorLower(m, 0, d);

    expect(m).toEqual(transpose(m, d));
    expect(m).toEqual(a.map((_, index) => a[Math.max(index, (index % d) * d + Math.floor(index / d))]!));
  });
});
