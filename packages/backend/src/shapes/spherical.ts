import { diagonalMatrix, scaledDistances } from "./diag.ts";
import type { Shape } from "./shape.ts";

/** One number: the same scale for every feature. */
export const spherical: Shape = {
  independent: true,
  dimensions: () => [1, 1],
  logDeterminant: (whitening, at, d) => d * Math.log(whitening[at]!),
  diagonal: (whitening, at, d) => new Float64Array(d).fill(whitening[at]!),
  triangle: (whitening, at, d) => diagonalMatrix(new Float64Array(d).fill(whitening[at]!)),
  work: (d) => 4 * d,
  squares({ count, features: d, means, shared, whitening }, x, _room, out) {
    for (let k = 0, mean = 0; k < count; k++, mean += d) {
      const scale = whitening[shared ? 0 : k]!;
      let sum = 0;
      for (let i = 0; i < d; i++) {
        const y = (x[i]! - means[mean + i]!) * scale;
        sum += y * y;
      }
      out[k] = sum;
    }
  },
  squaredDistances: scaledDistances,
};
