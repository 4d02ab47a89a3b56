import { greatestOf } from "@mixtura/core/internal";
import type { BatchContext, FittedModel, MatrixLike, Mixture } from "@mixtura/core";
import { isDensity, isMixture, MixturaError } from "@mixtura/core";
import { checkPoint } from "@mixtura/core/authoring";
import type { SubsetSize } from "../threshold/hardin-rocke.ts";

/**
 * How normal rows are under a model of any kind: higher is more normal. Finite, since a density of 0 counts as the lowest double: so
 * models can be written to files and differences of scores mean something.
 */
export interface Scoring {
  readonly model: FittedModel;
  /** Whether scores are natural-log densities. */
  readonly isDensity: boolean;
  /** The score of each row. */
  batch(X: MatrixLike, context: BatchContext): Promise<Float64Array>;
  /** Writes the score of one point to `out[0]`: a number that is returned may be put on the heap on its way. */
  readonly point: (x: ArrayLike<number>, out: Float64Array) => void;
  /** The score of a row at this squared distance, where the score depends on nothing else. */
  readonly atSquaredDistance?: (squaredDistance: number) => number;
  /** The subset that distances come from, where it is that of a minimum covariance determinant. */
  readonly subset?: SubsetSize;
}

/** The lowest score there is. */
export const LEAST_SCORE: number = -Number.MAX_VALUE;

/** Where our own detectors keep their scoring; by its name, so that two copies of this package know each other's. */
export const SCORING: unique symbol = Symbol.for("mixtura.scoring") as never;

/** Where they keep what they know about their columns. */
export const KNOWN: unique symbol = Symbol.for("mixtura.known-columns") as never;

/** What models of other packages may offer. */
interface ForeignModel extends FittedModel {
  readonly [SCORING]?: Scoring;
  scoreSamples?(X: MatrixLike, context?: BatchContext): Promise<Float64Array>;
  readonly location?: Float64Array;
  readonly point?: {
    readonly logDensity?: (x: ArrayLike<number>) => number;
    readonly writeLogDensity?: (x: ArrayLike<number>, out: Float64Array) => void;
    readonly score?: (x: ArrayLike<number>) => number;
  };
}

/** Whether a value is a fitted model that scores rows one way or the other. */
export function isScoringModel(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const model = value as Partial<ForeignModel>;
  const isModel = typeof model.type === "string" && typeof model.featureCount === "number" && typeof model.toJSON === "function";
  return isModel && typeof model.scoreSamples === "function";
}

/**
 * The scores of a model, which are higher for more normal rows.
 *
 * @throws MixturaError `not-supported` for a model that scores no rows
 */
export function scoringOf(model: FittedModel, caller: string): Scoring {
  const given = model as ForeignModel;
  const { point, [SCORING]: own } = given;
  if (own !== undefined) return own;
  if (typeof given.scoreSamples === "function") {
    const logDensity = point?.logDensity ?? (isMixture(model) ? densityAtPoint(model) : undefined);
    const onePoint = logDensity ?? point?.score ?? (() => noPoint(model));
    const single = logDensity === undefined ? undefined : singleGaussian(given, logDensity);
    return {
      model,
      isDensity: isDensity(model),
      batch: async (X, context) => floored(await given.scoreSamples!(X, context), model),
      point: point?.writeLogDensity ?? ((x, out) => void (out[0] = onePoint(x))),
      ...(single === undefined ? {} : { atSquaredDistance: single }),
    };
  }
  throw new MixturaError(
    "not-supported",
    `${caller}: a ${model.type} model has no scoreSamples, so it cannot score rows. Use a density such as GaussianMixture, or a detector.`,
    { feature: "scoreSamples" },
  );
}

/** The log-density of one Gaussian, a mixture of one or a covariance model, falls by half the squared distance from its mean. */
function singleGaussian(
  model: ForeignModel,
  logDensity: (x: ArrayLike<number>) => number,
): ((squaredDistance: number) => number) | undefined {
  const mean = model.location ?? meanOfOne(model);
  if (mean === undefined) return undefined;
  const most = logDensity(mean);
  return (squaredDistance) => most - squaredDistance / 2;
}

/** The mean of a mixture of one Gaussian. What a posterior is scored by need not be Gaussian. */
function meanOfOne(model: FittedModel): Float64Array | undefined {
  if (!isMixture(model) || model.isPosterior || model.nComponents > 1) return undefined;
  return model.toGaussianMixture?.().means.data;
}

/** The log-density of a mixture at one point, from its components. */
function densityAtPoint({ weights, components, featureCount }: Mixture): (x: ArrayLike<number>) => number {
  const logWeights = weights.map(Math.log);
  const terms = new Float64Array(weights.length);
  return (x) => {
    checkPoint(x, featureCount);
    components.forEach((component, k) => (terms[k] = logWeights[k]! + component.logDensity(x)));
    const most = greatestOf(terms);
    return most > -Infinity ? most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0)) : -Infinity;
  };
}

/** Scores with the lowest one in place of those below; written in place. */
export function floored(scores: Float64Array, model: FittedModel): Float64Array {
  for (let i = 0; i < scores.length; i++) if (!(scores[i]! >= LEAST_SCORE)) scores[i] = scoreOrError(scores[i]!, model);
  return scores;
}

function scoreOrError(score: number, { type }: FittedModel): number {
  if (score < LEAST_SCORE) return LEAST_SCORE;
  throw new MixturaError("invalid-model", `A ${type} model scored a row NaN. It is damaged, or its values overflow.`, {
    path: "",
    expected: "scores that are numbers",
  });
}

function noPoint({ type }: FittedModel): never {
  throw new MixturaError("not-supported", `A ${type} model only takes batches: call isOutlier with a matrix.`, {
    feature: "point",
  });
}
