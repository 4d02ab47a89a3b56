import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";

/** A square matrix, row-major. */
export interface Square {
  readonly d: number;
  readonly a: Float64Array;
}

/** Symmetric positive definite matrices B Bᵀ + I/10, of d = 1 … 12 and every scale from 1e-9 to 1e9. */
export const positiveDefinite: fc.Arbitrary<Square> = fc
  .record({ d: fc.integer({ min: 1, max: 12 }), seed: fc.nat(), exponent: fc.integer({ min: -9, max: 9 }) })
  .map(({ d, seed, exponent }) => {
    const random = createRandom(seed);
    const b = Float64Array.from({ length: d * d }, () => random.normal());
    const scale = 10 ** exponent;
    return { d, a: multiply(b, transpose(b, d), d).map((value, index) => scale * (value + (index % (d + 1) === 0 ? 0.1 : 0))) };
  });

/** Symmetric matrices of any signs. */
export const symmetric: fc.Arbitrary<Square> = fc.record({ d: fc.integer({ min: 1, max: 12 }), seed: fc.nat() }).map(({ d, seed }) => {
  const random = createRandom(seed);
  const b = Float64Array.from({ length: d * d }, () => random.normal());
  return { d, a: b.map((value, index) => value + b[(index % d) * d + Math.floor(index / d)]!) };
});

export function multiply(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) for (let t = 0; t < d; t++) out[i * d + j]! += a[i * d + t]! * b[t * d + j]!;
  return out;
}

export function transpose(a: Float64Array, d: number): Float64Array {
  return a.map((_, index) => a[(index % d) * d + Math.floor(index / d)]!);
}

export function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, index) => (index % (d + 1) === 0 ? 1 : 0));
}

export function isLowerTriangular(a: Float64Array, d: number): boolean {
  return a.every((value, index) => index % d <= Math.floor(index / d) || value === 0);
}

/** Largest |a − b| over all elements. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
}

export function largest(a: Float64Array): number {
  return a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The Hilbert matrix 1 / (i + j + 1): positive definite, with a condition number that grows by 30 with each row. */
export function hilbert(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, index) => 1 / (Math.floor(index / d) + (index % d) + 1));
}
