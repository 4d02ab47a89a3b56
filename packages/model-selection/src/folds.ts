import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** How one fold of a cross-validation went. */
export interface FoldScore {
  /** Rows held out. */
  readonly rows: number;
  /** Their Σ w. */
  readonly weight: number;
  /** Their mean log-density under the model of the other rows, weighted; in nats. */
  readonly score: number;
}

/** Sets the random stream of folds apart from those of restarts. */
const FOLD_STREAM = 0xf01d;

/** Rows, with a weight each where they are weighted. */
export interface WeightedRows {
  readonly X: Matrix;
  readonly sampleWeight: Float64Array | undefined;
}

/**
 * The fold of each row, from 0; −1 for rows of weight 0, which take no part. Sizes differ by one row at most.
 *
 * @throws MixturaError `invalid-option` where there are more folds than rows that count
 * @remarks A row of any weight stays whole: rows that are repeated may end in different folds, a weighted one cannot.
 */
export function assignFolds({ X, sampleWeight }: WeightedRows, folds: number, seed: number, caller: string): Int32Array {
  const counted: number[] = [];
  for (let row = 0; row < X.rows; row++) if (sampleWeight === undefined || sampleWeight[row]! > 0) counted.push(row);
  if (folds > counted.length) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: ${counted.length} rows${sampleWeight === undefined ? "" : " of positive weight"} cannot be split into "folds" = ${folds}. Use fewer folds or more rows.`,
      { option: "folds", found: folds },
    );
  }
  const order = createRandom(seed, FOLD_STREAM).permutation(counted.length);
  const fold = new Int32Array(X.rows).fill(-1);
  order.forEach((at, position) => (fold[counted[at]!] = position % folds));
  return fold;
}

/** A copy of the rows whose fold is wanted. */
export function pickRows({ X, sampleWeight }: WeightedRows, fold: Int32Array, wanted: (fold: number) => boolean): WeightedRows {
  const { columns, featureNames } = X;
  let rows = 0;
  for (const at of fold) if (at !== -1 && wanted(at)) rows++;
  const data = new Float64Array(rows * columns);
  const weights = sampleWeight === undefined ? undefined : new Float64Array(rows);
  let to = 0;
  for (let row = 0; row < X.rows; row++) {
    if (fold[row] === -1 || !wanted(fold[row]!)) continue;
    data.set(X.data.subarray(row * columns, (row + 1) * columns), to * columns);
    if (weights !== undefined) weights[to] = sampleWeight![row]!;
    to++;
  }
  return { X: matrix(data, rows, columns, featureNames), sampleWeight: weights };
}

/** Σ w s / Σ w over folds. */
export function meanScore(folds: readonly FoldScore[]): number {
  let sum = 0;
  let total = 0;
  for (const { weight, score } of folds) {
    sum += weight * score;
    total += weight;
  }
  return sum / total;
}

/**
 * Standard error of the mean of fold scores, as of a ratio of sums: k/(k−1) Σ w²(s − m)² / (Σ w)², and its root.
 *
 * Training sets share rows, so folds are not independent and the error is somewhat too small (Bengio & Grandvalet 2004).
 *
 * @returns Infinity where a score is −Infinity
 */
export function standardError(folds: readonly FoldScore[]): number {
  const mean = meanScore(folds);
  if (!Number.isFinite(mean)) return Infinity;
  let total = 0;
  let squares = 0;
  for (const { weight, score } of folds) {
    total += weight;
    squares += (weight * (score - mean)) ** 2;
  }
  return Math.sqrt((folds.length / (folds.length - 1)) * squares) / total;
}

/** Standard error of the difference of two means over the same folds. */
export function standardErrorOfDifference(a: readonly FoldScore[], b: readonly FoldScore[]): number {
  return standardError(a.map(({ score, ...fold }, index) => ({ ...fold, score: score - b[index]!.score })));
}
