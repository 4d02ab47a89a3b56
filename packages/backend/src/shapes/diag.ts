import type { Primitives } from "../contract.ts";
import type { Shape } from "./shape.ts";

/** A diagonal, d numbers: features are independent within a component. */
export const diag: Shape = {
  independent: true,
  dimensions: (d) => [1, d],
  logDeterminant(whitening, at, d) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += Math.log(whitening[at + i]!);
    return sum;
  },
  diagonal: (whitening, at, d) => whitening.slice(at, at + d),
  triangle: (whitening, at, d) => diagonalMatrix(whitening.subarray(at, at + d)),
  work: (d) => 4 * d,
  squares({ count, features: d, means, shared, whitening }, x, _room, out) {
    for (let k = 0, mean = 0; k < count; k++, mean += d) {
      const factor = shared ? 0 : mean;
      let sum = 0;
      for (let i = 0; i < d; i++) {
        const y = (x[i]! - means[mean + i]!) * whitening[factor + i]!;
        sum += y * y;
      }
      out[k] = sum;
    }
  },
  squaredDistances: scaledDistances,
};

/** A d×d matrix with a given diagonal. */
export function diagonalMatrix(diagonal: Float64Array): Float64Array {
  const d = diagonal.length;
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) matrix[i * (d + 1)] = diagonal[i]!;
  return matrix;
}

/** Squared distances where the factor is one number per feature, or one for all. */
export function scaledDistances<H>(device: Primitives<H>, differences: H, factor: H): H {
  return device.sum(device.square(device.multiply(differences, factor)), 1);
}
