import type { IterativeTrace } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { CovarianceType } from "../covariance/kinds.ts";
import { nestBlocks, nestRows, readBlocksField } from "../covariance/blocks-json.ts";
import { covarianceKind, covarianceTypes } from "../covariance/kinds.ts";
import { readSum, readWeight } from "../parameters/training.ts";

/** The parameters of a Gaussian mixture model; its JSON holds the same. */
export interface GaussianMixturePayload extends ModelRecord<IterativeTrace>, GaussianMixtureParameters {}

interface GaussianMixtureParameters {
  readonly covarianceType: CovarianceType;
  /** Length k. */
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  /** In the covariance type's own layout. */
  readonly covariances: Float64Array;
  /** What the training data said; absent for a model made by hand. */
  readonly training?: TrainingFacts;
}

/** Facts about the training data that the criteria need. */
export interface TrainingFacts {
  /** Σ w: the effective number of rows. */
  readonly weight: number;
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
  /** The same of the features that do not follow from others; absent where none does. */
  readonly independent?: IndependentFacts;
}

/** What the training data say of the marginal density over some of the features. */
export interface IndependentFacts {
  /** Ascending. */
  readonly features: readonly number[];
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
}

/** The name of the model in files. */
export const GAUSSIAN_MIXTURE = "GaussianMixture";

/** The parameters as plain JSON data, in scikit-learn's shapes. */
export function parametersToJSON(payload: GaussianMixturePayload): Record<string, unknown> {
  const { featureCount: d, covarianceType, weights, means, covariances, training } = payload;
  return {
    covarianceType,
    weights: [...weights],
    means: nestRows(means, d),
    covariances: nestBlocks(covarianceKind(covarianceType), covariances, weights.length, d),
    ...present({ training }),
  };
}

/** Reads parameters from untrusted JSON. Sizes, shapes and finiteness are checked here, definiteness by the model. */
export function readParameters(reader: FieldReader, { featureCount: d }: Features): GaussianMixtureParameters {
  const covarianceType = reader.oneOf("covarianceType", covarianceTypes);
  const weights = reader.numbers("weights");
  if (weights.length === 0) throw reader.fail("weights", "at least one weight");
  return {
    covarianceType,
    weights,
    means: reader.rows("means", weights.length, d),
    covariances: readBlocksField(reader, "covariances", covarianceKind(covarianceType), weights.length, d),
    ...present({ training: reader.has("training") ? readTraining(reader.object("training"), d) : undefined }),
  };
}

function readTraining(reader: FieldReader, d: number): TrainingFacts {
  return {
    weight: readWeight(reader, "weight"),
    logLikelihood: readSum(reader, "logLikelihood"),
    classificationLogLikelihood: readSum(reader, "classificationLogLikelihood"),
    ...present({ independent: reader.has("independent") ? readIndependent(reader.object("independent"), d) : undefined }),
  };
}

function readIndependent(reader: FieldReader, d: number): IndependentFacts {
  const features = [...reader.numbers("features")];
  const ascending = features.every((feature, at) => Number.isInteger(feature) && feature > (features[at - 1] ?? -1) && feature < d);
  if (!ascending || features.length === 0) throw reader.fail("features", "places of features, ascending");
  return {
    features: Object.freeze(features),
    logLikelihood: readSum(reader, "logLikelihood"),
    classificationLogLikelihood: readSum(reader, "classificationLogLikelihood"),
  };
}
