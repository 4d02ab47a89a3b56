import type { Shape } from "./shape.ts";

/** A lower triangle, d×d row-major with zeros above: any covariance. */
export const full: Shape = {
  independent: false,
  dimensions: (d) => [d, d],
  logDeterminant(whitening, at, d) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += Math.log(whitening[at + i * (d + 1)]!);
    return sum;
  },
  diagonal: (whitening, at, d) => Float64Array.from({ length: d }, (_, i) => whitening[at + i * (d + 1)]!),
  triangle: (whitening, at, d) => whitening.slice(at, at + d * d),
  work: (d) => d * d,
  squares({ count, features: d, means, shared, whitening }, x, room, out) {
    for (let k = 0, mean = 0; k < count; k++, mean += d) {
      const factor = shared ? 0 : k * d * d;
      let sum = 0;
      for (let i = 0; i < d; i++) {
        room[i] = x[i]! - means[mean + i]!;
        let y = 0;
        for (let j = 0, at = factor + i * d; j <= i; j++, at++) y += whitening[at]! * room[j]!;
        sum += y * y;
      }
      out[k] = sum;
    }
  },
  squaredDistances: (device, differences, factor) => device.sum(device.square(device.matmul(differences, factor, { transposeB: true })), 1),
};
