import { outOfRange } from "@mixtura/backend/internal/rows";
import type { Matrix, RestartTrace } from "@mixtura/core";
import { FLAT_FRACTION } from "../gaussian/ellipse.ts";
import type { Correction } from "./correction.ts";
import type { TargetName } from "./mrcd/target.ts";
import type { Standardised } from "./scale/standardise.ts";

/** How a covariance was mixed with a target. */
export interface Regularization {
  /** The target's weight, ρ. */
  readonly rho: number;
  /** On features of robust scale 1. */
  readonly target: TargetName;
  /** The correlation between all pairs in the target; 0 for the identity. */
  readonly correlation: number;
}

/** Factors of a raw estimate and of the one that follows; 1 where there is nothing to correct. */
interface Corrections {
  readonly raw: Correction;
  readonly reweighted: Correction;
}

/** The same as models show them: the factor for many rows, and what few rows need on top of it. */
export interface CorrectionFactors {
  readonly raw: readonly [consistency: number, smallSample: number];
  readonly reweighted: readonly [consistency: number, smallSample: number];
}

/** A location and a covariance, from the rows with label 0. */
interface Part {
  readonly location: Float64Array;
  readonly covariance: Float64Array;
  readonly labels: Int32Array;
}

/** What a search gives, in standardised coordinates; covariances with their corrections. */
export interface StandardisedEstimate {
  readonly raw: Part;
  readonly final: Part;
  readonly logDeterminant: number;
  readonly supportCount: number;
  readonly corrections: Corrections;
  readonly regularization?: Regularization;
  /** Whether the covariance is singular, since all rows that it is computed from lie on a hyperplane. */
  readonly singular?: true;
  readonly restarts: readonly RestartTrace[];
  /** Log-determinants of the chosen start's steps. */
  readonly steps: readonly number[];
  readonly converged: boolean;
}

/** What of an estimate models show, in the data's coordinates. */
export interface RobustParts {
  readonly rawLocation: Float64Array;
  readonly rawCovariance: Float64Array;
  readonly criterion: number;
  readonly supportCount: number;
  readonly correction: CorrectionFactors;
  readonly regularization?: Regularization;
}

/** An estimate in the data's coordinates, with masks for the rows as they were given. */
export interface RobustEstimate extends RobustParts {
  readonly location: Float64Array;
  readonly covariance: Float64Array;
  /** A variance for each feature that a spread is small or large against. */
  readonly scales: Float64Array;
  /** 1 for rows that the estimate rests on. */
  readonly support: Uint8Array;
  readonly rawSupport: Uint8Array;
}

/** A covariance times its corrections. */
export function corrected(covariance: Float64Array, { consistency, smallSample }: Correction): Float64Array {
  return covariance.map((value) => value * consistency * smallSample);
}

/** 2 Σ log scale: what standardising took from every log-determinant. */
export function scaleOfDeterminant({ scale, active }: Standardised): number {
  return 2 * active.reduce((sum, j) => sum + Math.log(scale[j]!), 0);
}

/**
 * Takes an estimate back to the coordinates of the data.
 *
 * @param order the row that each standardised row is
 * @throws MixturaError `not-finite` where a variance is beyond the range of doubles
 */
export function inDataCoordinates(
  estimate: StandardisedEstimate,
  standardised: Standardised,
  { X, order, caller }: { readonly X: Matrix; readonly order: Uint32Array; readonly caller: string },
): RobustEstimate {
  const { raw, final, logDeterminant, supportCount, corrections, regularization } = estimate;
  const mask = (labels: Int32Array): Uint8Array => {
    const out = new Uint8Array(X.rows);
    for (let i = 0; i < order.length; i++) if (labels[i] === 0) out[order[i]!] = 1;
    return out;
  };
  const covariance = unscaled(final.covariance, standardised);
  checkCovariance(covariance, standardised, X, caller);
  return {
    location: moved(final.location, standardised),
    covariance,
    rawLocation: moved(raw.location, standardised),
    rawCovariance: unscaled(raw.covariance, standardised),
    criterion: logDeterminant + scaleOfDeterminant(standardised),
    supportCount,
    correction: { raw: pair(corrections.raw), reweighted: pair(corrections.reweighted) },
    ...(regularization === undefined ? {} : { regularization }),
    scales: scalesOf(covariance, standardised, estimate.singular ?? false),
    support: mask(final.labels),
    rawSupport: mask(raw.labels),
  };
}

function pair({ consistency, smallSample }: Correction): readonly [number, number] {
  return Object.freeze([consistency, smallSample] as const);
}

/** Columns that hold one value are located there. */
function moved(location: Float64Array, { centre, scale, active }: Standardised): Float64Array {
  const out = centre.slice();
  active.forEach((j, k) => (out[j]! += scale[j]! * location[k]!));
  return out;
}

/** Columns that hold one value do not vary. */
function unscaled(covariance: Float64Array, { scale, active }: Standardised): Float64Array {
  const p = scale.length;
  const out = new Float64Array(p * p);
  active.forEach((i, k) => {
    active.forEach((j, l) => {
      out[i * p + j] = covariance[k * active.length + l]! * (scale[i]! * scale[j]!);
    });
  });
  return out;
}

/**
 * The variances themselves; where a hyperplane left none, the squared robust scale. A column that holds one value borrows the mean of the others,
 * or 1.
 */
function scalesOf(covariance: Float64Array, { scale, active }: Standardised, singular: boolean): Float64Array {
  const p = scale.length;
  const out = new Float64Array(p);
  for (const j of active) {
    const variance = covariance[j * p + j]!;
    const square = scale[j]! * scale[j]!;
    out[j] = singular && !(variance > FLAT_FRACTION * square) ? square : variance;
  }
  const borrowed = active.length > 0 ? active.reduce((sum, j) => sum + out[j]! / active.length, 0) : 1;
  const own = new Set(active);
  return out.map((value, j) => (own.has(j) ? value : borrowed));
}

/** What the larger numbers of a covariance may come to. */
function checkCovariance(covariance: Float64Array, { active }: Standardised, X: Matrix, caller: string): void {
  const p = X.columns;
  const column = active.find((j) => !(covariance[j * p + j]! < Infinity));
  if (column !== undefined) throw outOfRange(caller, column, covariance[column * p + column]!, X.featureNames);
}
