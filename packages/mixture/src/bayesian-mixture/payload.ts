import type { IterativeTrace } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { CovarianceType } from "../covariance/kinds.ts";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount } from "../covariance/kind.ts";
import { covarianceKind, covarianceTypes } from "../covariance/kinds.ts";
import { nestBlock, nestBlocks, nestRows, readBlockField, readBlocksField } from "../covariance/blocks-json.ts";
import type { PosteriorDensity, PriorConvention, WeightConcentrationPriorType } from "./choices.ts";
import { LEAST_BELIEF, MOST_BELIEF, posteriorDensities, priorConventions, weightConcentrationPriorTypes } from "./choices.ts";
import { readSum, readWeight } from "../parameters/training.ts";
import type { GaussianPrior } from "./prior.ts";

/** The parameters of a Bayesian Gaussian mixture, in the data's coordinates; its JSON holds the same. */
export interface BayesianMixturePayload extends ModelRecord<IterativeTrace>, BayesianMixtureParameters {}

interface BayesianMixtureParameters {
  readonly covarianceType: CovarianceType;
  readonly priorConvention: PriorConvention;
  readonly weightConcentrationPriorType: WeightConcentrationPriorType;
  readonly density: PosteriorDensity;
  readonly prior: GaussianPrior & { readonly weightConcentration: number };
  /** k numbers, or the two lists of a Dirichlet process one after the other. */
  readonly weightConcentration: Float64Array;
  /** Under a Dirichlet process, the place of each component among the sticks; absent where components are numbered as sticks are broken. */
  readonly sticks?: readonly number[];
  readonly meanPrecision: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  /** k numbers, or one where components share a covariance. */
  readonly degreesOfFreedom: Float64Array;
  /** In the covariance type's own layout. */
  readonly covariances: Float64Array;
  /** What the training data said; absent for a state on the way and for a pruned model. */
  readonly training?: TrainingFacts;
}

/** Facts about the training data. */
interface TrainingFacts {
  /** Σ w: the number of rows. */
  readonly weight: number;
  /** The bound per unit of weight. */
  readonly lowerBound: number;
  /** The expected number of components that hold a row. */
  readonly occupied: number;
}

/** The name of the model in files. */
export const BAYESIAN_GAUSSIAN_MIXTURE = "BayesianGaussianMixture";

/** The parameters as plain JSON data, in scikit-learn's shapes. */
export function parametersToJSON(payload: BayesianMixturePayload): Record<string, unknown> {
  const { featureCount: d, covarianceType, prior, weightConcentration, meanPrecision, degreesOfFreedom, training } = payload;
  const k = meanPrecision.length;
  const kind = covarianceKind(covarianceType);
  const isProcess = payload.weightConcentrationPriorType === "dirichlet_process";
  return {
    covarianceType,
    priorConvention: payload.priorConvention,
    weightConcentrationPriorType: payload.weightConcentrationPriorType,
    density: payload.density,
    prior: {
      weightConcentration: prior.weightConcentration,
      meanPrecision: prior.meanPrecision,
      mean: [...prior.mean],
      degreesOfFreedom: prior.degreesOfFreedom,
      covariance: nestBlock(kind, prior.covariance, d),
    },
    weightConcentration: isProcess ? nestRows(weightConcentration, k) : [...weightConcentration],
    ...(payload.sticks === undefined ? {} : { sticks: [...payload.sticks] }),
    meanPrecision: [...meanPrecision],
    means: nestRows(payload.means, d),
    degreesOfFreedom: [...degreesOfFreedom],
    covariances: nestBlocks(kind, payload.covariances, k, d),
    ...present({ training }),
  };
}

/** Reads parameters from untrusted JSON. Sizes, shapes and ranges are checked here, definiteness by the model. */
export function readParameters(reader: FieldReader, { featureCount: d }: Features): BayesianMixtureParameters {
  const covarianceType = reader.oneOf("covarianceType", covarianceTypes);
  const kind = covarianceKind(covarianceType);
  const meanPrecision = positive(reader, "meanPrecision", reader.numbers("meanPrecision"));
  const k = meanPrecision.length;
  if (k === 0) throw reader.fail("meanPrecision", "at least one number");
  const weightConcentrationPriorType = reader.oneOf("weightConcentrationPriorType", weightConcentrationPriorTypes);
  return {
    covarianceType,
    priorConvention: reader.oneOf("priorConvention", priorConventions),
    weightConcentrationPriorType,
    density: reader.oneOf("density", posteriorDensities),
    prior: readPrior(reader.object("prior"), kind, d),
    ...readWeights(reader, weightConcentrationPriorType, k),
    meanPrecision,
    means: reader.rows("means", k, d),
    degreesOfFreedom: freedoms(reader, "degreesOfFreedom", reader.numbers("degreesOfFreedom", blockCount(kind, k)), d),
    covariances: readBlocksField(reader, "covariances", kind, k, d),
    ...present({ training: reader.has("training") ? readTraining(reader.object("training")) : undefined }),
  };
}

function readPrior(reader: FieldReader, kind: CovarianceKind, d: number): BayesianMixtureParameters["prior"] {
  const one = (key: string): number => positive(reader, key, Float64Array.of(reader.number(key)))[0]!;
  return {
    weightConcentration: one("weightConcentration"),
    meanPrecision: one("meanPrecision"),
    mean: reader.numbers("mean", d),
    degreesOfFreedom: freedoms(reader, "degreesOfFreedom", Float64Array.of(reader.number("degreesOfFreedom")), d)[0]!,
    covariance: readBlockField(reader, "covariance", kind, d),
  };
}

function readWeights(
  reader: FieldReader,
  type: WeightConcentrationPriorType,
  k: number,
): Pick<BayesianMixturePayload, "weightConcentration" | "sticks"> {
  const key = "weightConcentration";
  if (type === "dirichlet_distribution") return { weightConcentration: positive(reader, key, reader.numbers(key, k)) };
  const sticks = reader.has("sticks") ? Array.from(reader.numbers("sticks", k)) : undefined;
  if (sticks?.toSorted((a, b) => a - b).some((stick, at) => stick !== at))
    throw reader.fail("sticks", `every whole number from 0 to ${k - 1} once`);
  const both = reader.rows(key, 2, k);
  // A second parameter of 0 says that the component takes all that is left, which only the last stick can.
  const last = 2 * k - 1 - (sticks === undefined ? 0 : k - 1 - sticks.indexOf(k - 1));
  if (!both.every((value, at) => (value >= LEAST_BELIEF && value <= MOST) || (value === 0 && at === last)))
    throw reader.fail(key, "two lists of positive numbers");
  return { weightConcentration: both, ...(sticks === undefined ? {} : { sticks }) };
}

function readTraining(reader: FieldReader): TrainingFacts {
  const training = { weight: readWeight(reader, "weight"), lowerBound: readSum(reader, "lowerBound"), occupied: reader.number("occupied") };
  if (training.occupied < 0) throw reader.fail("occupied", "a number ≥ 0");
  return training;
}

/** A posterior adds as much from the rows to what was believed. */
const MOST = 2 * MOST_BELIEF;

function positive(reader: FieldReader, key: string, values: Float64Array): Float64Array {
  if (values.every((value) => value >= LEAST_BELIEF && value <= MOST)) return values;
  throw reader.fail(key, `from ${LEAST_BELIEF} to ${MOST}`);
}

function freedoms(reader: FieldReader, key: string, values: Float64Array, d: number): Float64Array {
  if (values.every((value) => value > d - 1 && value <= MOST)) return values;
  throw reader.fail(key, `above ${d - 1} and at most ${MOST}`);
}
