import type { Features, FieldReader, FitTrace, ModelJSON } from "@mixtura/core";
import { featuresToJSON, modelJSON, readFeatures, readModelHeads, readObject, traceFromJSON, traceToJSON } from "@mixtura/core";
import type { CovarianceType } from "../covariance/kinds.ts";
import { nestBlocks, nestRows, readBlocksField } from "../covariance/blocks-json.ts";
import { covarianceKind, covarianceTypes } from "../covariance/kinds.ts";

/** What a Gaussian mixture model is made of; its JSON holds the same. */
export interface GaussianMixturePayload extends Features {
  readonly covarianceType: CovarianceType;
  /** Length k. */
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  /** In the covariance type's own layout. */
  readonly covariances: Float64Array;
  /** What the training data said; absent for a model made by hand. */
  readonly training?: TrainingFacts;
  readonly trace: FitTrace;
}

/** Facts about the training data that the criteria need. */
interface TrainingFacts {
  /** Σ w: the effective number of rows. */
  readonly weight: number;
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
}

/** The name of the model in files. */
export const GAUSSIAN_MIXTURE = "GaussianMixture";

/** The payload as plain JSON data, in scikit-learn's shapes. */
export function payloadToJSON(payload: GaussianMixturePayload): ModelJSON {
  const { featureCount: d, covarianceType, weights, means, covariances, training, trace } = payload;
  return modelJSON(GAUSSIAN_MIXTURE, {
    features: featuresToJSON(payload),
    covarianceType,
    weights: [...weights],
    means: nestRows(means, d),
    covariances: nestBlocks(covarianceKind(covarianceType), covariances, weights.length, d),
    ...(training === undefined ? {} : { training }),
    trace: traceToJSON(trace),
  });
}

/** Reads a payload from JSON that nobody vouches for. Sizes, shapes and finiteness are checked here, definiteness by the model. */
export function payloadFromJSON(json: unknown): GaussianMixturePayload {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== GAUSSIAN_MIXTURE) throw reader.fail("type", `"${GAUSSIAN_MIXTURE}"`);
  const features = readFeatures(reader);
  const d = features.featureCount;
  const covarianceType = reader.oneOf("covarianceType", covarianceTypes);
  const weights = reader.numbers("weights");
  if (weights.length === 0) throw reader.fail("weights", "at least one weight");
  return {
    ...features,
    covarianceType,
    weights,
    means: reader.rows("means", weights.length, d),
    covariances: readBlocksField(reader, "covariances", covarianceKind(covarianceType), weights.length, d),
    ...(reader.has("training") ? { training: readTraining(reader.object("training")) } : {}),
    trace: traceFromJSON(reader.object("trace")),
  };
}

function readTraining(reader: FieldReader): TrainingFacts {
  return {
    weight: reader.number("weight"),
    logLikelihood: reader.number("logLikelihood"),
    classificationLogLikelihood: reader.number("classificationLogLikelihood"),
  };
}
