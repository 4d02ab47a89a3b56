import { congruence } from "@mixtura/backend/internal/algebra";
import { invertLower, lowerTimesTranspose } from "@mixtura/backend/internal/factors";
import type { BlockFrame } from "./block-frame.ts";

/** Beyond e^±20 in a standard deviation nothing is worth a look. */
const FARTHEST = 20;

/**
 * The frame about a covariance matrix Σ = C Cᵀ: another one, L Lᵀ, is T = C⁻¹ L, by what stands below its diagonal and √2 times the logarithms on it.
 *
 * @param whitening C⁻¹, d×d, lower triangular
 * @remarks O(d³) for every call but those of vectors.
 */
export function triangularFrame(whitening: Float64Array, d: number): BlockFrame {
  const root = invertLower(whitening, d);
  return {
    size: (d * (d + 1)) / 2,
    inward: (differences, from, target, to) => multiply(whitening, d, differences, from, target, to),
    outward: (coordinates, from, target, to) => multiply(root, d, coordinates, from, target, to),
    spread(other, target, to) {
      const triangle = lowerProduct(whitening, invertLower(other, d), d);
      for (let i = 0, at = to; i < d; i++) {
        for (let j = 0; j < i; j++) target[at++] = triangle[i * d + j]!;
        target[at++] = Math.SQRT2 * Math.log(triangle[i * (d + 1)]!);
      }
    },
    covariance(coordinates, from, target, to) {
      const triangle = new Float64Array(d * d);
      for (let i = 0, at = from; i < d; i++) {
        for (let j = 0; j < i; j++) triangle[i * d + j] = coordinates[at++]!;
        triangle[i * (d + 1)] = Math.exp(Math.max(-FARTHEST, Math.min(FARTHEST, coordinates[at++]! / Math.SQRT2)));
      }
      target.set(lowerTimesTranspose(lowerProduct(root, triangle, d), d), to);
    },
    slopesAt(other) {
      const inverse = lowerProduct(other, root, d); // T⁻¹
      const whitened = new Float64Array(d);
      const inside = new Float64Array(d * d);
      return {
        mean(differences, from, target, to) {
          multiply(other, d, differences, from, whitened, 0);
          for (let i = 0; i < d; i++) {
            let sum = 0;
            for (let l = i; l < d; l++) sum += inverse[l * d + i]! * whitened[l]!;
            target[to + i] = sum;
          }
        },
        spread(second, target, to) {
          congruence(other, second, 0, inside, 0, d);
          for (let i = 0; i < d; i++) inside[i * (d + 1)]! -= 1;
          const slope = transposeProduct(inverse, inside, d);
          for (let i = 0, at = to; i < d; i++) {
            for (let j = 0; j < i; j++) target[at++] = slope[i * d + j]!;
            target[at++] = slope[i * (d + 1)]! / inverse[i * (d + 1)]! / Math.SQRT2;
          }
        },
      };
    },
  };
}

/** Writes A v for a lower triangle A. */
function multiply(lower: Float64Array, d: number, vector: Float64Array, from: number, target: Float64Array, to: number): void {
  for (let i = 0, row = 0; i < d; i++, row += d) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += lower[row + j]! * vector[from + j]!;
    target[to + i] = sum;
  }
}

/** A B of two lower triangles. */
function lowerProduct(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let i = 0, row = 0; i < d; i++, row += d) {
    for (let t = 0; t <= i; t++) {
      const own = a[row + t]!;
      if (own === 0) continue;
      for (let j = 0, of = t * d; j <= t; j++) product[row + j]! += own * b[of + j]!;
    }
  }
  return product;
}

/** The lower triangle of Aᵀ B of two lower triangles. */
function transposeProduct(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let l = 0, row = 0; l < d; l++, row += d) {
    for (let i = 0; i <= l; i++) {
      const own = a[row + i]!;
      if (own === 0) continue;
      for (let j = 0, to = i * d; j <= i; j++) product[to + j]! += own * b[row + j]!;
    }
  }
  return product;
}
