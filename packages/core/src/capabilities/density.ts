import { MixturaError } from "../errors.ts";
import type { FittedModel } from "../estimator.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { BatchContext, WeightedBatchContext } from "./batch-context.ts";

/**
 * What a density is a density of: per unit of volume in the units of the columns, probability of a point of a lattice (counts), per unit of volume
 * in a projected space of that name, or scores that do not integrate to 1. The difference between log-densities of different measures
 * depends on no data, so they are never compared.
 */
export type Measure = "original-units" | "counting" | `projected:${string}` | "unnormalised";

/** A model that gives the density of rows. */
export interface Density extends FittedModel {
  readonly measure: Measure;
  /** Natural-log density of each row, length n. */
  scoreSamples(X: MatrixLike, context?: BatchContext): Promise<Float64Array>;
  /** Mean natural-log density of the rows, weighted where weights are given. */
  score(X: MatrixLike, context?: WeightedBatchContext): Promise<number>;
  /** Draws `n` rows; the same seed gives the same rows. */
  sample?(n: number, options?: { readonly randomState?: number }): { readonly X: Matrix; readonly labels?: Int32Array };
}

/**
 * Whether a model is a density: it names its measure and scores rows.
 *
 * @example
 * ```ts run
 * isDensity(
 *   GaussianMixture.fromParameters({
 *     weights: [1],
 *     means: [[0]],
 *     covariances: [[[1]]],
 *   }),
 * ) // => true
 * isDensity(await new KMeans({ nClusters: 1 }).fit([[0], [1]]))
 * // => false
 * ```
 */
export function isDensity(model: unknown): model is Density {
  return typeof member(model, "measure") === "string" && typeof member(model, "scoreSamples") === "function";
}

/**
 * Checks that log-densities of models may be compared.
 *
 * @throws MixturaError `not-supported` where two measures differ
 */
export function checkSameMeasure(models: readonly Pick<Density, "type" | "measure">[], caller: string): void {
  const [first, ...others] = models;
  const other = others.find(({ measure }) => measure !== first!.measure);
  if (first === undefined || other === undefined) return;
  throw new MixturaError(
    "not-supported",
    `${caller}: densities of ${first.type} (measure "${first.measure}") and of ${other.type} ("${other.measure}") cannot be compared. Compare models of one measure.`,
    { feature: "comparison of measures" },
  );
}

/** A member of what may be no object. */
export function member(model: unknown, name: string): unknown {
  return typeof model === "object" && model !== null ? (model as Readonly<Record<string, unknown>>)[name] : undefined;
}
