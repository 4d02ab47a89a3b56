export type { BatchContext, WeightedBatchContext } from "./capabilities/batch-context.ts";
export type { Clustering } from "./capabilities/clustering.ts";
export { isClustering } from "./capabilities/clustering.ts";
export type { Density, Measure } from "./capabilities/density.ts";
export { checkSameMeasure, isDensity } from "./capabilities/density.ts";
export type { Detector } from "./capabilities/detector.ts";
export { isDetector } from "./capabilities/detector.ts";
export type { Component, GaussianParameters, Mixture, MixtureCriteria, MixtureForm, Objective } from "./capabilities/mixture.ts";
export { isMixture } from "./capabilities/mixture.ts";
export type { Transformer } from "./capabilities/transformer.ts";
export { isTransformer } from "./capabilities/transformer.ts";
export type { Block, BlockSource } from "./block-source.ts";
export { isBlockSource } from "./block-source.ts";
export type { ConversionOptions } from "./convert/to-matrix.ts";
export { checkFinite, isUploadedMatrix, toMatrix } from "./convert/to-matrix.ts";
export type { ErrorCode, ErrorDetails } from "./errors.ts";
export { isMixturaError, MixturaError, show } from "./errors.ts";
export { checkFitContext } from "./fit-context.ts";
export type {
  BackendReference,
  Diagnostic,
  Estimator,
  FitContext,
  FitProgress,
  FitStep,
  FittedModel,
  FitTrace,
  RestartTrace,
} from "./estimator.ts";
export type { ArrowColumnLike, ArrowTableLike, Matrix, MatrixLike, MatrixWithGetter, UploadedMatrix } from "./matrix.ts";
export { matrix, rowRange, zeros } from "./matrix.ts";
export { checkFeatureNames } from "./feature-names.ts";
export type { Features } from "./features-json.ts";
export { featuresToJSON, readFeatures } from "./features-json.ts";
export type { FieldReader, ModelJSON } from "./model-json.ts";
export { MODEL_FORMAT, MODEL_VERSION, modelJSON, readModelHeads, readObject } from "./model-json.ts";
export { checkOptions, nearest } from "./options/check.ts";
export type { AnyOptionDeclaration, CheckedOptions, DeclarationsOf, OptionDeclaration, OptionDeclarations } from "./options/declare.ts";
export { expectedText } from "./options/expected.ts";
export type { OptionRange, RangeOf } from "./options/range.ts";
export type { MixturePlugin, MixtureTraits, SplitRequest } from "./mixture-plugin.ts";
export { isMixturePlugin } from "./mixture-plugin.ts";
export type { Pace } from "./pace.ts";
export { abortable, abortError, createPace, inStrides } from "./pace.ts";
export type { AnyEstimatorPlugin, Capability, EstimatorPlugin, ReviveContext } from "./plugin.ts";
export { checkPlugins, loadModel, PLUGIN_CONTRACT_VERSION } from "./plugin.ts";
export { checkPoint, wrongLength } from "./point.ts";
export type { Random } from "./random.ts";
export { createRandom, drawSeed, SEED_LIMIT } from "./random.ts";
export type { SortedValues } from "./sorted.ts";
export { sortValues, weightedQuantile } from "./sorted.ts";
export { toRecords, toRows } from "./to-rows.ts";
export { traceFromJSON, traceToJSON } from "./trace-json.ts";
export { checkSampleWeight, checkTotalWeight } from "./weights.ts";
