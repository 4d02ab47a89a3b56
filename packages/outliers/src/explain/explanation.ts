import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";

/**
 * How a row's value is shared among its features.
 *
 * - "shapley": the Shapley value of the squared distance, (x−μ)ⱼ [Σ⁻¹(x−μ)]ⱼ. A feature that the others make less surprising gets less, even
 *   less than nothing.
 * - "corr-max": the squares of whitened features that stay as close to the features as they can. Never negative.
 */
export type ExplanationMethod = "shapley" | "corr-max";

/** The ways to share a value. */
export const explanationMethods: readonly ExplanationMethod[] = Object.freeze(["shapley", "corr-max"]);

/**
 * Why rows are as unusual as they are: n rows of d features. All numbers are finite, for any rows: where a value or what a feature adds to it would be
 * beyond the doubles, the row's are scaled down together until the largest is the largest double, and keep their proportions; other numbers stop there.
 */
export interface Explanation {
  readonly method: ExplanationMethod | "own";
  /** How unusual each row is: its squared distance from what is normal; for mixtures the mean of those from its components, by their responsibilities in the row. */
  readonly value: Float64Array;
  /** What each feature adds to it, n×d: the sum of a row is its value. */
  readonly contributions: Matrix;
  /** What each feature should have been, given all others, n×d in the units of the data. Absent where the model has no such notion. */
  readonly expected?: Matrix;
  /** How far a feature may well be from there: its standard deviation given all others, n×d in the units of the data. */
  readonly deviation?: Matrix;
  /** How many such deviations it is away, n×d, with its sign. */
  readonly surprise?: Matrix;
  /** For rows that break what all training rows keep, such as "c = a + b", which features are to blame, the worst first; empty for other rows. Absent where no row does. */
  readonly breaches?: readonly (readonly Breach[])[];
}

/** A feature that breaks what all training rows keep. */
export interface Breach {
  readonly feature: number;
  /** What it should be, given the features that it follows from. */
  readonly expected: number;
  /** What it is. */
  readonly found: number;
}

/** @throws MixturaError `invalid-option` */
export function explanationMethodOf(given: unknown, caller: string): ExplanationMethod {
  const found = explanationMethods.find((method) => method === given);
  if (found !== undefined) return found;
  throw new MixturaError("invalid-option", `${caller}: "method" must be one of "shapley", "corr-max", found ${show(given)}.`, {
    option: "method",
    found: given,
  });
}
