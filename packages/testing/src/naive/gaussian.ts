import { greatestOf } from "@mixtura/core/internal";
import type { GaussianComponents, ShapeName } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import { compensatedSum } from "./sum.ts";

/** What the textbook says about one row under a mixture. */
export interface RowView {
  /** ‖W (x − μ)‖² per component. */
  readonly squaredDistances: readonly number[];
  /** log(πₖ pₖ(x)) per component. */
  readonly logTerms: readonly number[];
  readonly logDensity: number;
  /** Sum to 1. A row without a finite term goes to the first component of positive weight. */
  readonly responsibilities: readonly number[];
  /** The first of the components with the largest term. */
  readonly label: number;
}

/** Entry (i, j) of the whitening factor of component k, of any shape. */
function whiteningEntry({ shape, shared, features: d, whitening }: GaussianComponents, k: number, i: number, j: number): number {
  const which = shared ? 0 : k;
  const entries = {
    full: () => whitening[(which * d + i) * d + j]!,
    diag: () => (i === j ? whitening[which * d + i]! : 0),
    spherical: () => (i === j ? whitening[which]! : 0),
  } satisfies Record<ShapeName, () => number>;
  return entries[shape]();
}

/** The formulas of the book, row by row, with compensated sums. For small data. */
export function naiveRows(data: Matrix, components: GaussianComponents): RowView[] {
  return Array.from({ length: data.rows }, (_, row) =>
    viewRow(data.data.subarray(row * data.columns, (row + 1) * data.columns), components),
  );
}

function viewRow(x: Float64Array, components: GaussianComponents): RowView {
  const { count, features: d, means, logOffsets } = components;
  const squaredDistances = Array.from({ length: count }, (_, k) => {
    const difference = Array.from(x, (value, j) => value - means[k * d + j]!);
    const whitened = difference.map((_, i) => compensatedSum(difference.map((value, j) => whiteningEntry(components, k, i, j) * value)));
    return compensatedSum(whitened.map((value) => value * value));
  });
  const logTerms = squaredDistances.map((square, k) => logOffsets[k]! - square / 2);
  const largest = greatestOf(logTerms);
  const positive = [...logOffsets].findIndex((offset) => offset > -Infinity);
  if (largest === -Infinity) {
    const label = Math.max(0, positive);
    return { squaredDistances, logTerms, logDensity: -Infinity, responsibilities: logTerms.map((_, k) => (k === label ? 1 : 0)), label };
  }
  const powers = logTerms.map((term) => Math.exp(term - largest));
  const total = compensatedSum(powers);
  return {
    squaredDistances,
    logTerms,
    logDensity: largest + Math.log(total),
    responsibilities: powers.map((power) => power / total),
    label: logTerms.indexOf(largest),
  };
}
