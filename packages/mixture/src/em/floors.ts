import type { ColumnProfile } from "@mixtura/backend/authoring";
import { symmetricEigen, symmetricEigenvaluesInTurns } from "@mixtura/backend/internal/algebra";
import type { Pace } from "@mixtura/core/authoring";
import { featureScales } from "@mixtura/backend/internal/rows";
import type { CovarianceKind } from "../covariance/kind.ts";
import { isIndependent, variancesOf } from "../covariance/kind.ts";

/**
 * How regCovar keeps covariances positive definite: a number is added to every variance; otherwise no component is narrower, in any direction, than
 * `relative` of each feature's variance and `steps` of each squared step that a feature was recorded in.
 */
export type RegCovar = number | { readonly relative: number } | { readonly relative: number; readonly steps: number };

/** What is added to variances, and what no covariance may be below. Each of length d, in squared units of the features. */
export interface Floors {
  /** Added to every variance in every M-step; zeros unless regCovar is a number. */
  readonly regularisation: Float64Array;
  /** D: every covariance is the likeliest one with Σ ⪰ diag(D); zeros where regCovar is a number. */
  readonly least: Float64Array;
  /**
   * What components are judged by: the relative part of D, or the number, but at most 1e-4 of the feature's variance. A larger one is a deliberate choice of
   * scale, under which no likelihood can run away.
   */
  readonly judged: Float64Array;
  /** Below this, features of {@link Floors.rounded} have less spread than rounding to steps makes, h²/12; judged only where nothing limits covariances. */
  readonly resolution: Float64Array;
  /** Features recorded in steps that are finer than their spread, where nothing limits covariances. */
  readonly rounded: readonly number[];
  /** Below this a component is flat, whatever its features' steps: {@link Floors.judged}, but at least a millionth of the feature's variance. */
  readonly flat: Float64Array;
  /** The least variance of a repaired component: D or the number, but at least a millionth of the feature's variance. */
  readonly repair: Float64Array;
  /** Features without any spread. */
  readonly constant: readonly number[];
}

/** A quarter of a squared step: the variance of a fair coin between two neighbouring values. No purer group of a two-valued feature pays. */
export const STEPS = 0.25;
/** The fraction of a feature's variance that a repair leaves at least. */
const REPAIR_FRACTION = 1e-6;
/** The fraction of a feature's variance above which a regularisation is more than a floor. */
const FLOOR_FRACTION = 1e-4;

/**
 * Floors for a data set. A feature without spread borrows the mean variance of the others, or 1 if there is none.
 *
 * @see docs/decisions/0026-floors.md on the constants
 */
export function floorsOf(regCovar: RegCovar, profile: ColumnProfile): Floors {
  const scales = featureScales(profile);
  const number = typeof regCovar === "number";
  const relative = number ? scales.map(() => regCovar) : scales.map((scale) => regCovar.relative * scale);
  const steps = number ? 0 : "steps" in regCovar ? regCovar.steps : STEPS;
  const least = relative.map((value, j) => (number ? 0 : Math.max(value, steps * profile.steps[j]! ** 2)));
  return {
    regularisation: number ? relative : new Float64Array(relative.length),
    least,
    judged: relative.map((value, j) => Math.min(value, FLOOR_FRACTION * scales[j]!)),
    repair: relative.map((value, j) => Math.max(value, least[j]!, REPAIR_FRACTION * scales[j]!)),
    flat: relative.map((value, j) => Math.max(Math.min(value, FLOOR_FRACTION * scales[j]!), REPAIR_FRACTION * scales[j]!)),
    resolution: profile.steps.map((step) => step ** 2 / 12),
    // Where a feature takes but a few values (its variance is within one step) it is discrete, not rounded.
    rounded: number ? Array.from(scales.keys()).filter((j) => profile.steps[j]! > 0 && profile.variances[j]! > profile.steps[j]! ** 2) : [],
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

/** Smallest eigenvalue of the part of a block's covariance that belongs to `features`, each in units of √scale. In turns. */
export async function smallestEigenvalue(
  kind: CovarianceKind,
  block: Float64Array,
  features: readonly number[],
  scale: Float64Array,
  pace: Pace,
): Promise<number> {
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
  return (await symmetricEigenvaluesInTurns(part, size, pace))[0]!;
}
