import { symmetricEigen } from "@mixtura/backend/algebra";
import type { CovarianceKind } from "../covariance/kind.ts";

/**
 * A covariance lifted until it is positive definite: its eigenvalues, in units of the floor of each feature, are raised to at least 1.
 * Directions with more spread than the floor stay as they are.
 *
 * @param block the covariance in its type's layout
 */
export function lift(kind: CovarianceKind, block: Float64Array, floor: Float64Array): Float64Array {
  const d = floor.length;
  const matrix = kind.expand(block, d);
  const unit = floor.map(Math.sqrt);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) matrix[i * d + j] = matrix[i * d + j]! / unit[i]! / unit[j]!;
  const { values, vectors } = symmetricEigen(
    matrix.map((value) => (Number.isFinite(value) ? value : 0)),
    d,
  );
  const lifted = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < d; t++) sum += Math.max(1, values[t]!) * vectors[i * d + t]! * vectors[j * d + t]!;
      lifted[i * d + j] = lifted[j * d + i] = sum * unit[i]! * unit[j]!;
    }
  }
  return kind.project(lifted, d);
}
