import type { Matrix } from "@mixtura/core";
import { invertLower } from "../algebra/triangular.ts";
import type { GaussianComponents } from "../components.ts";
import { factorSize } from "../components.ts";
import { shapes } from "../shapes/table.ts";
import type { Spread } from "./frame.ts";

/**
 * The spread of rows, as some hundred of them have it, which are copied now. Weights play no part, so the same rows
 * always get the same frames.
 */
export function spreadOfRows({ data, rows, columns: d }: Matrix): Spread {
  const count = Math.min(rows, sampleSize(d));
  const sample = Array.from({ length: count }, (_, index) => {
    const row = Math.floor((index * rows) / count);
    return data.slice(row * d, (row + 1) * d);
  });
  return { variances: variancesOf(sample, d), covariance: () => covarianceOf(sample.splice(0), d) };
}

/** Rows that a covariance is estimated from: enough for a frame, few enough to cost almost nothing compared with a pass. */
function sampleSize(d: number): number {
  return Math.min(4096, Math.max(256, 8 * d));
}

/** The spread of a mixture of these components with equal weights: what rows of a fitted model are likely to have. */
export function spreadOfComponents({ count, features: d, means, shape: name, shared, whitening }: GaussianComponents): Spread {
  const size = factorSize(name, d);
  const shape = shapes[name];
  const blocks = shared ? 1 : count;
  const covariance = covarianceOf(
    Array.from({ length: count }, (_, k) => means.subarray(k * d, (k + 1) * d)),
    d,
  );
  for (let start = 0; start < blocks * size; start += size) {
    if (shape.independent) shape.diagonal(whitening, start, d).forEach((own, i) => (covariance[i * (d + 1)]! += 1 / (blocks * own ** 2)));
    else addProduct(covariance, invertLower(shape.triangle(whitening, start, d), d), d, 1 / blocks);
  }
  return { variances: Float64Array.from({ length: d }, (_, j) => covariance[j * (d + 1)]!), covariance: () => covariance };
}

/** Adds `weight` times L Lᵀ. */
function addProduct(covariance: Float64Array, lower: Float64Array, d: number, weight: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t <= j; t++) sum += lower[i * d + t]! * lower[j * d + t]!;
      covariance[i * d + j]! += weight * sum;
    }
  }
}

function variancesOf(points: readonly Float64Array[], d: number): Float64Array {
  const mean = meanOf(points, d);
  const variances = new Float64Array(d);
  for (const point of points) for (let j = 0; j < d; j++) variances[j]! += (point[j]! - mean[j]!) ** 2 / points.length;
  return variances;
}

function meanOf(points: readonly Float64Array[], d: number): Float64Array {
  const mean = new Float64Array(d);
  for (const point of points) for (let j = 0; j < d; j++) mean[j]! += point[j]! / points.length;
  return mean;
}

/** The covariance of points, of which the lower triangle is filled, as much as a factorisation reads. */
function covarianceOf(points: readonly Float64Array[], d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  const mean = meanOf(points, d);
  for (const point of points) {
    for (let i = 0; i < d; i++) {
      const own = (point[i]! - mean[i]!) / points.length;
      for (let j = 0; j <= i; j++) covariance[i * d + j]! += own * (point[j]! - mean[j]!);
    }
  }
  return covariance;
}
