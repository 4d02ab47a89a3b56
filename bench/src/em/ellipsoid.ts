import type { Random } from "@mixtura/core/authoring";

/** A covariance by its axes: Σ = Q diag(λ) Qᵀ, of which every function has a closed form. */
export interface Ellipsoid {
  /** Q, d×d, the axes as columns. */
  readonly rotation: Float64Array;
  /** λ, the variances along the axes. */
  readonly variances: Float64Array;
  /** Q diag(√λ), d×d: turns standard normal numbers into a draw. */
  readonly axes: Float64Array;
}

/** Random axes, with variances between 0.4 and 1.6 along them. O(d³). */
export function randomEllipsoid(random: Random, features: number): Ellipsoid {
  const variances = Float64Array.from({ length: features }, () => 0.4 + 1.2 * random.uniform());
  const rotation = randomRotation(random, features);
  return { rotation, variances, axes: rotation.map((value, at) => value * Math.sqrt(variances[at % features]!)) };
}

/** Q diag(f(λ)) Qᵀ as d rows of d numbers, symmetric to the bit. O(d³). */
export function symmetricFunction({ rotation, variances }: Ellipsoid, of: (variance: number) => number): number[][] {
  const d = variances.length;
  const values = variances.map(of);
  const result = Array.from({ length: d }, () => Array.from({ length: d }, () => 0));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += rotation[i * d + a]! * values[a]! * rotation[j * d + a]!;
      result[i]![j] = sum;
      result[j]![i] = sum;
    }
  }
  return result;
}

/** An orthogonal matrix, from normal numbers by Gram and Schmidt, twice: once leaves errors that grow with d. */
function randomRotation(random: Random, d: number): Float64Array {
  const q = Float64Array.from({ length: d * d }, () => random.normal());
  for (let i = 0; i < d; i++) {
    const row = q.subarray(i * d, (i + 1) * d);
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < i; earlier++) {
        const other = q.subarray(earlier * d, (earlier + 1) * d);
        const overlap = dot(row, other);
        for (let j = 0; j < d; j++) row[j]! -= overlap * other[j]!;
      }
    }
    const length = Math.sqrt(dot(row, row));
    for (let j = 0; j < d; j++) row[j]! /= length;
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
