import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core";
import type { CovarianceType } from "@mixtura/mixture";

/** Where all contenders start. */
export interface Start {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** k×d×d for full, d×d for tied, k×d for diag, k for spherical. */
  readonly precisions: number[] | number[][] | number[][][];
}

/** Equal weights, k rows drawn as means, and the precision of all rows taken together, features apart. */
export function explicitStart(X: Matrix, components: number, covarianceType: CovarianceType, seed: number): Start {
  const { data, rows, columns } = X;
  const drawn = [...createRandom(seed, components).permutation(rows).subarray(0, components)];
  const variances = Array.from({ length: columns }, (_, j) => variance(X, j));
  const precision = variances.map((_, i) => variances.map((value, j) => (i === j ? 1 / value : 0)));
  const each = <T>(value: T): T[] => drawn.map(() => value);
  return {
    weights: each(1 / components),
    means: drawn.map((row) => [...data.subarray(row * columns, (row + 1) * columns)]),
    precisions: {
      full: each(precision),
      tied: precision,
      diag: each(variances.map((value) => 1 / value)),
      spherical: each(columns / variances.reduce((sum, value) => sum + value, 0)),
    }[covarianceType],
  };
}

function variance({ data, rows, columns }: Matrix, column: number): number {
  let sum = 0;
  for (let i = column; i < data.length; i += columns) sum += data[i]!;
  const mean = sum / rows;
  let squares = 0;
  for (let i = column; i < data.length; i += columns) squares += (data[i]! - mean) ** 2;
  return squares / rows;
}
