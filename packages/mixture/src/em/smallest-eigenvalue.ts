import { symmetricEigen } from "@mixtura/backend/algebra";

/** Smallest eigenvalue of the part of a covariance that belongs to `features`, each in units of √scale. */
export function smallestEigenvalue(matrix: Float64Array, d: number, features: readonly number[], scale: Float64Array): number {
  const size = features.length;
  const part = new Float64Array(size * size);
  features.forEach((i, a) =>
    features.forEach((j, b) => (part[a * size + b] = matrix[i * d + j]! / Math.sqrt(scale[i]!) / Math.sqrt(scale[j]!))),
  );
  return symmetricEigen(part, size).values[0]!;
}
