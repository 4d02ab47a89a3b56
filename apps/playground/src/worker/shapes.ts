import type { FittedModel } from "@mixtura/core";
import type { Projection } from "../data/projection.ts";
import { partsOf } from "./abilities.ts";
import type { Shapes } from "./protocol.ts";
import { SHAPE_SIZE } from "./protocol.ts";

/** The components of a model in a plane: A μ and A Σ Aᵀ. */
export function shapesOf(model: FittedModel, { weights: A, centre }: Projection): Shapes | undefined {
  const parts = partsOf(model);
  if (parts === undefined) return undefined;
  const { weights, means, covariance } = parts;
  const d = centre.length;
  const out = new Float64Array(SHAPE_SIZE * weights.length);
  for (let k = 0; k < weights.length; k++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < d; j++) {
      // A feature that is not shown adds nothing, however far away its mean is: 0 × ∞ is no number.
      const value = means.data[k * d + j]! - centre[j]!;
      if (A[j] !== 0) x += A[j]! * value;
      if (A[d + j] !== 0) y += A[d + j]! * value;
    }
    const spread = covariance === undefined ? [Number.NaN, Number.NaN, Number.NaN] : spreadOf(covariance(k), A, d);
    out.set([weights[k]!, x, y, ...spread], SHAPE_SIZE * k);
  }
  return out;
}

function spreadOf(covariance: Float64Array, A: Float64Array, d: number): number[] {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < d; i++) {
    if (A[i] === 0 && A[d + i] === 0) continue;
    for (let j = 0; j < d; j++) {
      const value = covariance[i * d + j]!;
      xx += A[i]! * value * A[j]!;
      xy += A[i]! * value * A[d + j]!;
      yy += A[d + i]! * value * A[d + j]!;
    }
  }
  return [xx, xy, yy];
}
