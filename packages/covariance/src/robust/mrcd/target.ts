import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { meanCorrelation } from "./kendall.ts";

/** What a covariance is drawn towards, on features of scale 1: no correlation, or the same between all pairs. */
export const targetNames = ["identity", "equicorrelation"] as const;

/** "identity": uncorrelated features. "equicorrelation": the mean robust correlation between all pairs. */
export type TargetName = (typeof targetNames)[number];

/** A target in standardised coordinates, (1 − c) I + c J. */
export interface Target {
  readonly name: TargetName;
  /** c; 0 for the identity. */
  readonly correlation: number;
}

/** Room that is kept from the ends of the range where such a matrix is positive definite, −1/(p − 1) < c < 1. */
const ROOM = 0.01;

/** The target of the given name for standardised rows. */
export async function targetOf(name: TargetName, rows: Matrix, pace: Pace): Promise<Target> {
  if (name === "identity" || rows.columns === 1) return { name, correlation: 0 };
  const least = -1 / (rows.columns - 1);
  const correlation = await meanCorrelation(rows, pace);
  return { name, correlation: Math.min(1 - ROOM, Math.max(least * (1 - ROOM), correlation)) };
}

/** a and b of the matrix a I + b J. */
interface Pattern {
  readonly own: number;
  readonly all: number;
}

/** The symmetric root of the target, or its inverse: it has the target's pattern. */
function power({ correlation: c }: Target, p: number, exponent: 0.5 | -0.5): Pattern {
  const own = (1 - c) ** exponent;
  return { own, all: ((1 - c + p * c) ** exponent - own) / p };
}

/** Rows in coordinates where the target is the identity; in place. */
export async function sphereByTarget({ data, rows, columns: p }: Matrix, target: Target, pace: Pace): Promise<void> {
  if (target.correlation === 0) return;
  const pattern = power(target, p, -0.5);
  await inStrides(rows, pace, (start, end) => {
    for (let i = start; i < end; i++) apply(data, i * p, p, 1, pattern);
  });
}

/** A location and a covariance back from where the target was the identity; in place. */
export function unsphereByTarget(location: Float64Array, covariance: Float64Array, target: Target): void {
  if (target.correlation === 0) return;
  const p = location.length;
  apply(location, 0, p, 1, power(target, p, 0.5));
  unsphereCovariance(covariance, p, target);
}

/** A covariance back from where the target was the identity; in place. */
export function unsphereCovariance(covariance: Float64Array, p: number, target: Target): void {
  if (target.correlation !== 0) applyToBothSides(covariance, p, power(target, p, 0.5));
}

/** A covariance in coordinates where the target is the identity; in place. */
export function sphereCovariance(covariance: Float64Array, p: number, target: Target): void {
  if (target.correlation !== 0) applyToBothSides(covariance, p, power(target, p, -0.5));
}

function applyToBothSides(square: Float64Array, p: number, pattern: Pattern): void {
  for (let i = 0; i < p; i++) apply(square, i * p, p, 1, pattern);
  for (let j = 0; j < p; j++) apply(square, j, p, p, pattern);
}

/** log det of the target. */
export function logDeterminantOf({ correlation: c }: Target, p: number): number {
  return (p - 1) * Math.log1p(-c) + Math.log1p((p - 1) * c);
}

/** Multiplies p numbers at distances of `step` by a I + b J. */
function apply(values: Float64Array, at: number, p: number, step: number, { own, all }: Pattern): void {
  let sum = 0;
  for (let j = 0; j < p; j++) sum += values[at + j * step]!;
  for (let j = 0; j < p; j++) values[at + j * step] = own * values[at + j * step]! + all * sum;
}
