import { cholesky } from "@mixtura/backend/internal/factors";
import { MixturaError } from "@mixtura/core";
import { checkLabels } from "@mixtura/metrics/internal";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { assign } from "./assignment.ts";
import { checkComponents } from "./check-components.ts";

/** How the labels of one partition are called in another. */
export interface LabelMatching<Label> {
  /** The reference's label for each label of the other partition; a label that has no counterpart is absent. */
  readonly mapping: ReadonlyMap<Label, Label>;
  /** The fraction of rows that have the same label once they are translated, from 0 to 1. */
  readonly agreement: number;
}

/**
 * Finds which labels of two partitions of the same rows belong together: one to one, so that as many rows as possible agree.
 *
 * @param reference one label per row; all numbers or all texts
 * @param other one label per row, of the same length
 * @throws MixturaError `invalid-shape` for no rows or unequal lengths, `invalid-labels` for a table, null, a promise or labels of several types
 * @remarks O(n + K³) time.
 * @example
 * ```ts run
 * const { mapping, agreement } = matchLabels(
 *   [0, 0, 1, 1, 1],
 *   [1, 1, 0, 0, 1],
 * );
 * [mapping.get(0), mapping.get(1), agreement] // => [1, 0, 0.8]
 * matchLabels([0, 1], [0]) // throws invalid-shape
 * ```
 */
export function matchLabels<Label extends number | string>(reference: ArrayLike<Label>, other: ArrayLike<Label>): LabelMatching<Label> {
  checkLabels(reference, "matchLabels");
  checkLabels(other, "matchLabels");
  const rows = reference.length;
  if (rows === 0 || other.length !== rows) {
    throw new MixturaError(
      "invalid-shape",
      `matchLabels: both partitions need one label per row, found ${rows} and ${other.length} labels.`,
      {
        expected: "two lists of the same length, not empty",
        found: `${rows} and ${other.length}`,
      },
    );
  }
  const [mine, theirs] = [indexOf<Label>(reference), indexOf<Label>(other)];
  const [columns, counts] = [mine.labels.length, new Float64Array(theirs.labels.length * mine.labels.length)];
  for (let row = 0; row < rows; row++) counts[theirs.index.get(other[row]!)! * columns + mine.index.get(reference[row]!)!]!++;
  const match = assign(
    counts.map((count) => -count),
    theirs.labels.length,
    columns,
  );
  let agreeing = 0;
  const mapping = new Map<Label, Label>();
  match.forEach((column, row) => {
    if (column === -1) return;
    mapping.set(theirs.labels[row]!, mine.labels[column]!);
    agreeing += counts[row * columns + column]!;
  });
  return { mapping, agreement: agreeing / rows };
}

/**
 * Finds which components of two mixtures belong together: one to one, with the least sum of Bhattacharyya distances. No rows are needed.
 *
 * @returns for each component of `other` the component of `reference`; −1 where it has none because `other` has more
 * @throws MixturaError `feature-mismatch` where they have other numbers of features
 * @remarks O(K²·d³) time.
 * @see Bhattacharyya, On a measure of divergence between two statistical populations (1943)
 * @example
 * ```ts run
 * const covariances = [[[1]], [[1]]];
 * const reference = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0], [9]],
 *   covariances,
 * });
 * const other = GaussianMixture.fromParameters({
 *   weights: [0.4, 0.6],
 *   means: [[8], [1]],
 *   covariances,
 * });
 * matchComponents(reference, other) // => Int32Array.of(1, 0)
 * ```
 */
export function matchComponents(reference: FittedGaussianMixture, other: FittedGaussianMixture): Int32Array {
  checkComponents(reference, "matchComponents");
  checkComponents(other, "matchComponents");
  const d = reference.featureCount;
  if (other.featureCount !== d) {
    throw new MixturaError(
      "feature-mismatch",
      `matchComponents: the mixtures have ${d} and ${other.featureCount} features. Both need the same.`,
      {
        expected: reference.featureNames ?? d,
        found: other.featureNames ?? other.featureCount,
      },
    );
  }
  const [mine, theirs] = [partsOf(reference), partsOf(other)];
  const cost = theirs.flatMap((b) => mine.map((a) => bhattacharyya(a, b, d)));
  return assign(finite(cost), theirs.length, mine.length);
}

/** The largest cost: sums of that many are still exact in doubles. */
const MOST_COST = 1e300;

/** Distances beyond the range of doubles count as more than all others together. */
function finite(cost: readonly number[]): Float64Array {
  const longest = cost.reduce((most, value) => (value < MOST_COST ? Math.max(most, value) : most), 1);
  const far = Math.min(MOST_COST, longest * (cost.length + 1));
  return Float64Array.from(cost, (value) => (value < MOST_COST ? value : far));
}

interface Part {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly logDeterminant: number;
}

function partsOf(model: FittedGaussianMixture): Part[] {
  const { nComponents, featureCount: d, means } = model;
  return Array.from({ length: nComponents }, (_, k) => {
    const covariance = model.covariance(k).data;
    return { mean: means.data.slice(k * d, (k + 1) * d), covariance, logDeterminant: logDeterminant(factorOf(covariance, d), d) };
  });
}

/** ⅛ δᵀ S̄⁻¹ δ + ½ log |S̄| − ¼ log |S₁| − ¼ log |S₂| with S̄ the mean of both covariances. */
function bhattacharyya(a: Part, b: Part, d: number): number {
  const factor = factorOf(
    a.covariance.map((value, at) => (value + b.covariance[at]!) / 2),
    d,
  );
  let squares = 0;
  const y = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    let value = a.mean[i]! - b.mean[i]!;
    for (let j = 0; j < i; j++) value -= factor[i * d + j]! * y[j]!;
    y[i] = value / factor[i * d + i]!;
    squares += y[i]! ** 2;
  }
  return squares / 8 + logDeterminant(factor, d) / 2 - (a.logDeterminant + b.logDeterminant) / 4;
}

/** Covariances of models are positive definite, and so are means of two. */
function factorOf(covariance: Float64Array, d: number): Float64Array {
  const result = cholesky(covariance, d);
  if (result.ok) return result.factor;
  throw new MixturaError("not-positive-definite", `matchComponents: a covariance is not positive definite (pivot ${result.pivot}).`, {
    option: "covariances",
    pivot: result.pivot,
  });
}

function logDeterminant(factor: Float64Array, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += Math.log(factor[i * d + i]!);
  return 2 * sum;
}

function indexOf<Label>(labels: ArrayLike<Label>): { readonly labels: readonly Label[]; readonly index: ReadonlyMap<Label, number> } {
  const index = new Map<Label, number>();
  for (let row = 0; row < labels.length; row++) if (!index.has(labels[row]!)) index.set(labels[row]!, index.size);
  return { labels: [...index.keys()], index };
}
