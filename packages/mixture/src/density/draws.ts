import type { Random } from "@mixtura/core/authoring";
import type { Parameters } from "./parameters.ts";

/** Draws rows of a mixture one by one into the same memory. */
export function drawer({ weights, features: d, means, factors }: Parameters, random: Random): (row: Float64Array) => void {
  const z = new Float64Array(d);
  return (row) => {
    const k = random.choice(weights, 1);
    const factor = factors[k]!;
    for (let i = 0; i < d; i++) {
      z[i] = random.normal();
      let value = means[k * d + i]!;
      for (let j = 0; j <= i; j++) value += factor[i * d + j]! * z[j]!;
      row[i] = value;
    }
  };
}

/** Log-densities of single rows, without allocation. O(k·d²) per row. */
export function logDensityOf({ count, features: d, means, factors, logOffsets }: Parameters): (row: ArrayLike<number>) => number {
  const terms = new Float64Array(count);
  const y = new Float64Array(d);
  return (row) => {
    let max = -Infinity;
    for (let k = 0; k < count; k++) {
      const factor = factors[k]!;
      let square = 0;
      for (let i = 0; i < d; i++) {
        let rest = row[i]! - means[k * d + i]!;
        for (let j = 0; j < i; j++) rest -= factor[i * d + j]! * y[j]!;
        y[i] = rest / factor[i * d + i]!;
        square += y[i]! * y[i]!;
      }
      // Beyond the range of doubles one infinite coordinate may be taken from another.
      const term = square < Infinity ? logOffsets[k]! - 0.5 * square : -Infinity;
      terms[k] = term;
      if (term > max) max = term;
    }
    if (!(max > -Infinity)) return -Infinity;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += Math.exp(terms[k]! - max);
    return max + Math.log(sum);
  };
}
