import type { MixtureForm } from "@mixtura/core";
import type { Cholesky, GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import type { FailedPivot } from "@mixtura/backend/factors";

/** How the covariances of the components are tied to a form: see the guide on covariance types. */
export type CovarianceType = "full" | "tied" | "diag" | "spherical";

/** All covariance types, from the freest to the stiffest. */
export const covarianceTypes: readonly CovarianceType[] = ["full", "tied", "diag", "spherical"];

/**
 * What a covariance type does its own way. Covariances are kept in the type's natural layout: k×d×d for full, d×d for tied, k×d for diag,
 * k for spherical. A *block* is the part that belongs to one component, or to all where they share it.
 */
export interface CovarianceKind {
  readonly type: CovarianceType;
  /** What it means for the components, for texts. */
  readonly meaning: string;
  /** The second moments that the M-step needs. */
  readonly scatter: Scatter;
  readonly shape: GaussianComponents["shape"];
  readonly shared: boolean;
  /** Numbers in one block. */
  blockSize(features: number): number;
  /** Free parameters in one block. */
  blockParameters(features: number): number;
  /** Where in a block the variance of feature j stands. */
  varianceAt(j: number, features: number): number;
  /**
   * The M-step: writes the covariance of a block about the new means, plus the regularisation, to `target` at `at`.
   *
   * @param moments of S2's matrices the lower triangle is read
   * @param shifts new mean minus centre of the moments, k×d
   * @param regularisation added to the variances, length d
   */
  estimate(moments: Moments, block: number, shifts: Float64Array, regularisation: Float64Array, target: Float64Array, at: number): void;
  /**
   * Writes the inverse Cholesky factor of the block at `from` to `target` at `to`.
   *
   * @returns nothing, or the pivot that failed; then zeros are written
   */
  whiten(source: Float64Array, from: number, target: Float64Array, to: number, features: number): FailedPivot | undefined;
  /** The block of a precision matrix's own layout, as a whitening factor. */
  whitenPrecision(block: Float64Array, features: number): Cholesky;
  /** The block with a whitening factor's covariance. */
  fromWhitening(whitening: Float64Array, features: number): Float64Array;
  /** The block as a d×d matrix. */
  expand(block: Float64Array, features: number): Float64Array;
  /** The block closest to a d×d covariance: what of it this type can hold. */
  project(covariance: Float64Array, features: number): Float64Array;
}

/** Blocks of k components: one each, or one for all. */
export function blockCount(kind: CovarianceKind, count: number): number {
  return kind.shared ? 1 : count;
}

/** Free parameters of a whole mixture: weights, means and covariances. */
export function freeParameters(kind: CovarianceKind, count: number, features: number): number {
  return count - 1 + count * features + blockCount(kind, count) * kind.blockParameters(features);
}

/** A covariance type as the form of a mixture. */
export function formOf({ type, meaning }: CovarianceKind): MixtureForm {
  return Object.freeze({ name: `${type} covariance`, meaning, options: Object.freeze({ covarianceType: type }) });
}

/** Block b of covariances in natural layout, as a view. */
export function blockOf(kind: CovarianceKind, covariances: Float64Array, block: number, features: number): Float64Array {
  const size = kind.blockSize(features);
  return covariances.subarray(block * size, (block + 1) * size);
}

/** Relative difference of two elements of a matrix that should be equal. */
const SYMMETRY_TOLERANCE = 1e-8;

/** Whether a block that is a matrix equals its transpose, as far as rounding allows. */
export function isSymmetric(block: Float64Array, kind: CovarianceKind, d: number): boolean {
  if (kind.shape !== "full") return true;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const scale = Math.sqrt(Math.abs(block[i * d + i]!)) * Math.sqrt(Math.abs(block[j * d + j]!)); // a product may leave the range of doubles
      if (Math.abs(block[i * d + j]! - block[j * d + i]!) > SYMMETRY_TOLERANCE * scale) return false;
    }
  }
  return true;
}
