export type { Backend, DeviceMatrix } from "@mixtura/backend";
export { referenceBackend } from "@mixtura/backend";
export type { TensorFlow } from "@mixtura/backend-tfjs";
export type { BackendTrial, ChosenBackend } from "@mixtura/backend/trial";
export type { WasmBackend, WasmBackendOptions, WasmEngine } from "@mixtura/backend-wasm";
export { createWasmBackend, wasmBackend } from "@mixtura/backend-wasm";
export type {
  AnyEstimatorPlugin,
  Block,
  BlockSource,
  Capability,
  Diagnostic,
  ErrorCode,
  ErrorDetails,
  Estimator,
  EstimatorPlugin,
  FitContext,
  FitProgress,
  FitStep,
  FittedModel,
  FitTrace,
  Matrix,
  MatrixLike,
  ModelJSON,
  RestartTrace,
  UploadedMatrix,
} from "@mixtura/core";
export { isMixturaError, matrix, MixturaError } from "@mixtura/core";
export { ECOD, FittedECOD } from "@mixtura/ecod";
export type { CSVBlockOptions, CSVBlockSource, CSVOptions, CSVTable, CSVWriteOptions } from "@mixtura/io";
export { csvBlockSource, csvText, readCSV, writeCSV } from "@mixtura/io";
export { FittedKernelDensity, KernelDensity } from "@mixtura/kernel-density";
export type {
  BackendChoice,
  BatchContext,
  CovarianceType,
  GaussianMixtureOptions,
  InitParams,
  KMeansOptions,
  KMeansPoint,
  MixtureParametersInput,
  MixturePoint,
  Point,
} from "@mixtura/mixture";
export { covarianceTypes, FittedGaussianMixture, FittedKMeans, GaussianMixture, KMeans } from "@mixtura/mixture";
export type {
  Bounds,
  Box,
  ConditionalPrediction,
  Ellipsoid,
  EllipsoidOptions,
  EllipsoidProbability,
  Estimate,
  Feature,
  FeatureValues,
  MixtureModel,
  Mode,
  PredictConditionalOptions,
  Probability,
  ProbabilityOptions,
  SamplingOptions,
} from "@mixtura/mixture/density";
export {
  cdf,
  condition,
  ellipsoidProbability,
  entropy,
  highestDensityThreshold,
  klDivergence,
  logDensityGradient,
  marginal,
  massAbove,
  modes,
  predictConditional,
  probability,
  quantile,
} from "@mixtura/mixture/density";
export type {
  BootstrapLikelihoodRatioOptions,
  Candidate,
  CandidateChoice,
  ComponentOrder,
  Criterion,
  CrossValidateOptions,
  CrossValidation,
  CrossValidationContext,
  CrossValidationProgress,
  FailedCandidate,
  FittedCandidate,
  FoldScore,
  LabelMatching,
  LikelihoodRatioContext,
  LikelihoodRatioProgress,
  LikelihoodRatioTest,
  LikelihoodRatioTests,
  MergeContext,
  MergedClusters,
  Merging,
  MixturePlugin,
  MixtureSelection,
  PartialSelection,
  SelectionContext,
  SelectionJSON,
  SelectionProgress,
  SelectionRule,
  SelectMixtureOptions,
  Stability,
  StabilityContext,
  StabilityOptions,
  StabilityProgress,
  StabilityRow,
} from "@mixtura/model-selection";
export {
  bootstrapLikelihoodRatio,
  canonicalOrder,
  classificationUncertainty,
  criteria,
  crossValidate,
  matchComponents,
  matchLabels,
  mergeComponents,
  partialSelection,
  selectMixture,
  stability,
} from "@mixtura/model-selection";
export { loadModel, plugins } from "./plugins.ts";
export type { BackendName, SelectBackendOptions } from "./select-backend.ts";
export { selectBackend } from "./select-backend.ts";
