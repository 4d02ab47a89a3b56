import type { MixtureForm } from "@mixtura/core/internal";
import type { Moments, Scatter, ShapeName } from "@mixtura/backend";
import type { Cholesky, FailedPivot } from "@mixtura/backend/internal/factors";
import { isSymmetric as isSymmetricMatrix, shapes } from "@mixtura/backend/internal/factors";
import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceType } from "./kinds.ts";

/**
 * What a covariance type does its own way; nobody else compares the names of types.
 *
 * Covariances are kept in the type's natural layout: one block for each component, or one for all where they share it. A block is a matrix (d×d),
 * a list (d) or one number, and its whitening factor is laid down alike.
 */
export interface CovarianceKind {
  readonly type: CovarianceType;
  /** What it says about components, as a sentence without its capital: "each component has its own shape and orientation". */
  readonly meaning: string;
  /** Whether it is one of scikit-learn's types, which a selection tries unless others are asked for. */
  readonly standard: boolean;
  /** The second moments that the M-step needs. */
  readonly scatter: Scatter;
  readonly shape: ShapeName;
  /** Whether all components share one block. */
  readonly shared: boolean;
  /** The type in which each component's own spread is found; the type itself where that is so already. */
  readonly wider: CovarianceType;
  /** Whether features are taken to be in comparable units, as they are where one variance holds for all. */
  readonly comparesUnits: boolean;
  /** How many dimensions a block has, each of d numbers. */
  readonly rank: 0 | 1 | 2;
  /** Rows that a component needs for its covariance, over so many features in which rows spread. */
  readonly leastRows: (features: number) => number;
  /** Rows that a shared covariance needs besides one per mean; 0 for one of its own. */
  readonly pooledRows: (features: number) => number;
  /** Free parameters in one block. */
  readonly blockParameters: (features: number) => number;
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
  /**
   * Whether a block is, in every direction, at least diag(D).
   *
   * @param whitening of the block; zeros where its pivot failed
   * @param least D, length d
   */
  isAbove(block: Float64Array, whitening: Float64Array, least: Float64Array): boolean;
  /** The likeliest block that is at least diag(D), given the likeliest of all. O(d³) where blocks are matrices, in turns. */
  raised(block: Float64Array, least: Float64Array, pace: Pace): Promise<Float64Array>;
  /** The block of a precision matrix's own layout, as a whitening factor. */
  whitenPrecision(block: Float64Array, features: number): Cholesky;
  /** The block with a whitening factor's covariance. */
  fromWhitening(whitening: Float64Array, features: number): Float64Array;
  /** The block as a d×d matrix. */
  expand(block: Float64Array, features: number): Float64Array;
  /** The block closest to a d×d covariance: what of it this type can hold. */
  project(covariance: Float64Array, features: number): Float64Array;
  /** The block closest to a diagonal covariance with these variances. */
  ofVariances(variances: Float64Array): Float64Array;
  /** Adds factor × v vᵀ, or what of it the type can hold, to the block at `at`; v begins at `from`. */
  addSquare(vectors: Float64Array, from: number, features: number, factor: number, target: Float64Array, at: number): void;
}

/** Numbers in one block. */
export function blockSize({ rank }: CovarianceKind, features: number): number {
  return features ** rank;
}

/** Rows, columns and so on of one block: `[d, d]`, `[d]` or `[]`. */
export function blockDimensions<Size>({ rank }: CovarianceKind, features: Size): Size[] {
  return Array.from({ length: rank }, () => features);
}

/** The same of all blocks of k components: `[k, d, d]`, `[d, d]`, `[k, d]`, `[k]`. */
export function dimensions<Size>(kind: CovarianceKind, k: Size, features: Size): Size[] {
  return [...(kind.shared ? [] : [k]), ...blockDimensions(kind, features)];
}

/** Whether features are independent within a component. */
export function isIndependent({ shape }: CovarianceKind): boolean {
  return shapes[shape].independent;
}

/** The variance of each feature in a block. */
export function variancesOf(kind: CovarianceKind, block: Float64Array, features: number): Float64Array {
  return Float64Array.from({ length: features }, (_, j) => block[kind.varianceAt(j, features)]!);
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
  const size = blockSize(kind, features);
  return covariances.subarray(block * size, (block + 1) * size);
}

/** Whether a block that is a matrix equals its transpose, as far as rounding allows. */
export function isSymmetric(block: Float64Array, kind: CovarianceKind, d: number): boolean {
  return kind.rank < 2 || isSymmetricMatrix(block, d);
}
