import type { ColumnProfile } from "@mixtura/backend/authoring";
import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import { featureScales } from "@mixtura/backend/internal/rows";
import type { CovarianceKind } from "../covariance/kind.ts";
import { isIndependent, variancesOf } from "../covariance/kind.ts";

/** What is added to variances, and the least variance that a repair leaves. Each of length d, in squared units of the features. */
export interface Floors {
  /** Added to every variance in every M-step. */
  readonly regularisation: Float64Array;
  /**
   * The floor that components are judged by: the regularisation, but at most 1e-4 of the feature's variance. A larger one is a deliberate choice of
   * scale, under which no likelihood can run away.
   */
  readonly judged: Float64Array;
  /** The least variance of a repaired component: the regularisation, but at least a millionth of the feature's variance. */
  readonly repair: Float64Array;
  /** Features without any spread. */
  readonly constant: readonly number[];
}

/** The fraction of a feature's variance that a repair leaves at least. */
const REPAIR_FRACTION = 1e-6;
/** The fraction of a feature's variance above which a regularisation is more than a floor. */
const FLOOR_FRACTION = 1e-4;

/**
 * Floors for a data set. `{ relative: r }` adds r times each feature's variance; a number is added as it is, as scikit-learn does.
 * A feature without spread borrows the mean variance of the others, or 1 if there is none.
 */
export function floorsOf(regCovar: number | { readonly relative: number }, profile: ColumnProfile): Floors {
  const scales = featureScales(profile);
  const regularisation = typeof regCovar === "number" ? scales.map(() => regCovar) : scales.map((scale) => regCovar.relative * scale);
  return {
    regularisation,
    judged: regularisation.map((value, j) => Math.min(value, FLOOR_FRACTION * scales[j]!)),
    repair: regularisation.map((value, j) => Math.max(value, REPAIR_FRACTION * scales[j]!)),
    constant: profile.constant,
  };
}

/** One block with the variances of the whole data, and no covariances. */
export function overallBlock(kind: CovarianceKind, variances: Float64Array, floors: Floors): Float64Array {
  return kind.ofVariances(variances.map((variance, j) => Math.max(variance, floors.repair[j]!)));
}

/**
 * A covariance raised to the floor until it is positive definite: its eigenvalues, in units of the floor of each feature, become at least 1.
 * Directions with more spread than the floor stay as they are.
 *
 * @param block the covariance in its type's layout
 */
export function floorEigenvalues(kind: CovarianceKind, block: Float64Array, floor: Float64Array): Float64Array {
  const d = floor.length;
  if (isIndependent(kind)) {
    const variances = variancesOf(kind, block, d);
    return kind.ofVariances(variances.map((value, j) => Math.max(Number.isFinite(value) ? value : 0, floor[j]!)));
  }
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

/** Smallest eigenvalue of the part of a block's covariance that belongs to `features`, each in units of √scale. */
export function smallestEigenvalue(kind: CovarianceKind, block: Float64Array, features: readonly number[], scale: Float64Array): number {
  const d = scale.length;
  if (isIndependent(kind)) {
    const variances = variancesOf(kind, block, d);
    return features.reduce((least, j) => Math.min(least, variances[j]! / scale[j]!), Infinity);
  }
  const matrix = kind.expand(block, d);
  const size = features.length;
  const part = new Float64Array(size * size);
  features.forEach((i, a) =>
    features.forEach((j, b) => (part[a * size + b] = matrix[i * d + j]! / Math.sqrt(scale[i]!) / Math.sqrt(scale[j]!))),
  );
  return symmetricEigen(part, size).values[0]!;
}
