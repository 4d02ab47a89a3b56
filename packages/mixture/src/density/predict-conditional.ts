import type { DeclarationsOf, Matrix, MatrixLike } from "@mixtura/core";
import { matrix, MixturaError, toMatrix } from "@mixtura/core";
import { checkOptions, createPace } from "@mixtura/core/authoring";
import { conditionalMixture } from "./conditional.ts";
import type { Feature } from "./features.ts";
import { featureIndices, namesOf, otherFeatures } from "./features.ts";
import { signalDeclaration } from "./options.ts";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/** What is predicted, and a signal to abort it. */
export interface PredictConditionalOptions {
  /** The features to predict; all others are given. */
  readonly target: Feature | readonly Feature[];
  readonly signal?: AbortSignal;
}

/** For each row the mean and variance of each target given the other features; n×t each. */
export interface ConditionalPrediction {
  /** In the units of the data. */
  readonly mean: Matrix;
  /** In squared units. */
  readonly variance: Matrix;
}

const declarations = {
  target: {
    range: {
      kind: "other",
      words: "a feature, or a list of features",
      accepts: (value: unknown) => typeof value === "string" || typeof value === "number" || Array.isArray(value),
    },
    description: "The features to predict; all others are given.",
    flag: false,
  },
  signal: signalDeclaration,
} satisfies DeclarationsOf<PredictConditionalOptions>;

/** Rows between two looks at the clock. */
const STRIDE = 256;

/**
 * Regression by a mixture: mean and variance of some features given all others, row by row.
 *
 * The mean is Σ rₖ(x) mₖ(x), where mₖ is the regression line of component k and rₖ its responsibility given x; the variance adds what the components
 * leave open and what they disagree on.
 *
 * @param X n×(d−t): the features that are no target, by name where model and data have names, else in the model's order
 * @throws (by rejection) MixturaError `feature-mismatch`, `invalid-option` (no target, all features as targets), `unknown-option`,
 *   `invalid-shape`, `not-finite`, `not-positive-definite` (a covariance that is singular up to rounding), `aborted`
 * @remarks O(k·d³ + n·k·d²) time; apart from the results, no memory of the size of the data.
 * @see Ghahramani & Jordan, Supervised learning from incomplete data via an EM approach (1994)
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0, 0], [10, 10]],
 *   covariances: [[[1, 0.5], [0.5, 1]], [[1, 0.5], [0.5, 1]]],
 *   featureNames: ["length", "depth"],
 * });
 * const { mean, variance } = await predictConditional(
 *   model,
 *   [{ length: 2 }, { length: 5 }, { length: 10 }],
 *   { target: "depth" },
 * );
 * mean.data // ≈ [1, 5, 10]
 * variance.data // ≈ [0.75, 0.75 + 2.5 ** 2, 0.75]
 * ```
 */
export async function predictConditional(
  model: MixtureModel,
  X: MatrixLike,
  options: PredictConditionalOptions,
): Promise<ConditionalPrediction> {
  const caller = "predictConditional";
  const parameters = parametersOf(model, caller);
  const { target, signal } = checkOptions(caller, declarations, options);
  if (target === undefined)
    throw new MixturaError("invalid-option", `${caller}: "target" is missing: name the features to predict.`, {
      option: "target",
      found: target,
    });
  const pace = createPace(signal);
  pace.check();
  const targets = featureIndices(parameters, target, "target", caller);
  const given = otherFeatures(parameters, targets);
  if (given.length === 0)
    throw new MixturaError("invalid-option", `${caller}: "target" names all features, so there are none to predict from.`, {
      option: "target",
      found: target,
    });
  const names = namesOf(parameters, given);
  const rows = toMatrix(X, { caller, features: { count: given.length, ...(names === undefined ? {} : { names }) } });
  const split = conditionalMixture(parameters, given, targets, caller);
  const { count } = parameters;
  const t = targets.length;
  const responsibilities = new Float64Array(count);
  const means = new Float64Array(count * t);
  const mean = new Float64Array(rows.rows * t);
  const variance = new Float64Array(rows.rows * t);
  for (let row = 0; row < rows.rows; row++) {
    split.at(rows.data.subarray(row * given.length, (row + 1) * given.length), responsibilities, means);
    for (let j = 0; j < t; j++) {
      let centre = 0;
      for (let k = 0; k < count; k++) if (responsibilities[k]! > 0) centre += responsibilities[k]! * means[k * t + j]!;
      if (!Number.isFinite(centre))
        throw new MixturaError("not-finite", `${caller}: row ${row} lies so far out that a prediction is beyond the range of doubles.`, {
          row,
          column: j,
          found: centre,
        });
      let spread = 0;
      for (let k = 0; k < count; k++) {
        if (responsibilities[k]! > 0)
          spread += responsibilities[k]! * (split.components[k]!.covariance[j * t + j]! + (means[k * t + j]! - centre) ** 2);
      }
      mean[row * t + j] = centre;
      variance[row * t + j] = spread;
    }
    if (row % STRIDE === 0 && pace.due()) await pace.turn();
  }
  const targetNames = namesOf(parameters, targets);
  return { mean: matrix(mean, rows.rows, t, targetNames), variance: matrix(variance, rows.rows, t, targetNames) };
}
