// Parameters that the caller spelled out, checked against the sizes that they must have.
import type { Matrix, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { dimensions } from "../covariance/kind.ts";

/** Component weights: k finite numbers ≥ 0 whose sum is 1 to 1e-6; scaled to sum 1 exactly. */
export function checkWeights(given: ArrayLike<number>, k: number, caller: string, option = "weightsInit"): Float64Array {
  const weights = Float64Array.from(given);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const sound = weights.length === k && weights.every((weight) => weight >= 0 && weight <= 1 + 1e-6) && Math.abs(sum - 1) <= 1e-6;
  if (!sound) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "${option}" must be ${k} numbers ≥ 0 with sum 1, found ${weights.length} with sum ${sum}.`,
      {
        option,
        found: given,
      },
    );
  }
  // Weights that sum to 1 but for rounding stay as they were given, to the bit.
  return Math.abs(sum - 1) <= k * Number.EPSILON ? weights : weights.map((weight) => weight / sum);
}

/** Component means: k rows of d numbers. */
export function checkMeans(given: MatrixLike, k: number, features: number, caller: string, option = "meansInit"): Float64Array {
  const means = toMatrix(given, { caller: `${caller}: "${option}"` });
  if (means.rows !== k || means.columns !== features) {
    throw new MixturaError(
      "invalid-shape",
      `${caller}: "${option}" must be ${k} rows × ${features} columns, found ${means.rows} × ${means.columns}.`,
      {
        expected: `${k} × ${features}`,
        found: `${means.rows} × ${means.columns}`,
      },
    );
  }
  return means.data.slice();
}

/**
 * Covariances or precisions in the covariance type's own dimensions.
 *
 * @throws MixturaError `invalid-shape` where the shape is another, also if the count of numbers would fit
 */
export function readBlocks(
  given: unknown,
  kind: CovarianceKind,
  k: number,
  features: number,
  caller: string,
  option: string,
): Float64Array {
  const sizes = dimensions(kind, k, features);
  const shape = sizes.join(" × ");
  const wrong = (found: string, cause?: unknown): MixturaError =>
    new MixturaError(
      "invalid-shape",
      `${caller}: "${option}" must be ${shape} finite numbers for covarianceType "${kind.type}", found ${found}.`,
      { expected: shape, found },
      { cause },
    );
  const table = (part: unknown, rows: number, columns: number): Float64Array => {
    let found: Matrix;
    try {
      found = toMatrix(part as MatrixLike, { caller });
    } catch (error) {
      throw wrong(show(part), error);
    }
    if (found.rows !== rows || found.columns !== columns) throw wrong(`${found.rows} × ${found.columns}`);
    return found.data;
  };
  const [first = 1, second, third] = sizes;
  if (second !== undefined && third === undefined) return table(given, first, second).slice();
  const list = typeof given === "object" && given !== null && "length" in given ? Array.from(given as ArrayLike<unknown>) : [];
  if (list.length !== first) throw wrong(show(given));
  if (second !== undefined) return Float64Array.from(list.flatMap((part) => [...table(part, second, third!)]));
  if (!list.every((value) => typeof value === "number" && Number.isFinite(value))) throw wrong(show(given));
  return Float64Array.from(list as number[]);
}
