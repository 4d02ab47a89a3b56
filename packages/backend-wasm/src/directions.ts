import type { GaussianComponents } from "@mixtura/backend";
import type { Layout } from "./layout.ts";

/** Numbers that the directions between all pairs of components take, and their distances behind them. */
export function directionNumbers(count: number, { padded }: Layout): { directions: number; distances: number } {
  return { directions: count * Math.ceil(count / 4) * 4 * padded, distances: count * count };
}

/**
 * For every pair i, j the vector u = Wⱼᵀ v with v the unit vector along Wⱼ(μᵢ − μⱼ), and that vector's length: what assembly/sparse.ts bounds
 * terms with. For each i the vectors of four j's are stored side by side.
 */
export function writeDirections(
  to: Float64Array,
  base: number,
  distances: number,
  { count, features: d, means, whitening }: GaussianComponents,
  { padded }: Layout,
): void {
  const gap = new Float64Array(d);
  const image = new Float64Array(d);
  const direction = new Float64Array(d);
  const panels = Math.ceil(count / 4);
  for (let j = 0; j < count; j++) {
    const W = whitening.subarray(j * d * d, (j + 1) * d * d);
    for (let i = 0; i < count; i++) {
      for (let l = 0; l < d; l++) gap[l] = means[i * d + l]! - means[j * d + l]!;
      const length = apply(W, gap, image, d);
      direction.fill(0);
      if (length > 0 && length < Infinity) {
        for (let r = 0; r < d; r++) {
          const scale = image[r]! / length;
          for (let l = 0; l <= r; l++) direction[l]! += scale * W[r * d + l]!;
        }
      }
      const panel = base + (i * panels + Math.floor(j / 4)) * padded * 4 + (j % 4);
      for (let l = 0; l < padded; l++) to[panel + 4 * l] = l < d ? direction[l]! : 0;
      to[distances + i * count + j] = length > 0 && length < Infinity ? length : 0;
    }
  }
}

/** `out` = W x; returns its length. */
function apply(W: Float64Array, x: Float64Array, out: Float64Array, d: number): number {
  let square = 0;
  for (let r = 0; r < d; r++) {
    let sum = 0;
    for (let l = 0; l <= r; l++) sum += W[r * d + l]! * x[l]!;
    out[r] = sum;
    square += sum * sum;
  }
  return Math.sqrt(square);
}
