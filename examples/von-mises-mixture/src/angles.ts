import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { logNormaliser } from "./bessel.ts";

/** Rows of angles, as places on circles. */
export interface Angles {
  readonly rows: number;
  readonly features: number;
  /** n×d */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** The parameters of a mixture. */
export interface Parameters {
  readonly weights: Float64Array;
  /** Directions in radians, k×d. */
  readonly means: Float64Array;
  /** k×d, ≥ 0. */
  readonly concentrations: Float64Array;
}

/** The angles of rows. They may be of any size: a turn more is the same place. */
export async function anglesOf({ data, rows, columns }: Matrix, pace: Pace): Promise<Angles> {
  const cosines = new Float64Array(data.length);
  const sines = new Float64Array(data.length);
  await inStrides(data.length, pace, (start, end) => {
    for (let at = start; at < end; at++) {
      cosines[at] = Math.cos(data[at]!);
      sines[at] = Math.sin(data[at]!);
    }
  });
  return { rows, features: columns, cosines, sines };
}

/** Writes log wₖ pₖ of the angles that begin at `from`, per component, and returns the place of the largest. */
export type Terms = (cosines: ArrayLike<number>, sines: ArrayLike<number>, from: number, out: Float64Array) => number;

/** The log-terms of a mixture: Σⱼ κ (cos(x − μ) − 1) − log 2π I₀(κ) + κ, and the weight's logarithm. */
export function termsOf({ weights, means, concentrations }: Parameters): Terms {
  const count = weights.length;
  const d = means.length / count;
  const [cosines, sines] = [means.map(Math.cos), means.map(Math.sin)];
  const offsets = weights.map((weight, k) => {
    let sum = Math.log(weight);
    for (let j = 0; j < d; j++) sum -= logNormaliser(concentrations[k * d + j]!);
    return sum;
  });
  return (c, s, from, out) => {
    let best = 0;
    for (let k = 0, at = 0; k < count; k++) {
      let sum = offsets[k]!;
      for (let j = 0; j < d; j++, at++) sum += concentrations[at]! * (c[from + j]! * cosines[at]! + s[from + j]! * sines[at]! - 1);
      out[k] = sum;
      if (sum > out[best]!) best = k;
    }
    return best;
  };
}

/** Turns log-terms into responsibilities, and returns the logarithm of their sum. */
export function shared(terms: Float64Array, best: number): number {
  const most = terms[best]!;
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += terms[k] = Math.exp(terms[k]! - most);
  for (let k = 0; k < terms.length; k++) terms[k]! /= sum;
  return most + Math.log(sum);
}
