export type { Backend } from "@mixtura/backend";
export { referenceBackend } from "@mixtura/backend";
export type { TensorFlow } from "@mixtura/backend-tfjs";
export type { BackendTrial, ChosenBackend } from "@mixtura/backend/trial";
export type { WasmBackend, WasmBackendOptions, WasmEngine } from "@mixtura/backend-wasm";
export { createWasmBackend, wasmBackend } from "@mixtura/backend-wasm";
export type {
  BatchContext,
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
  GivenProvenance,
  IterativeTrace,
  Matrix,
  MatrixLike,
  ModelJSON,
  Provenance,
  RestartTrace,
  UploadedMatrix,
} from "@mixtura/core";
export { isIterative, isMixturaError, matrix, MixturaError, toRecords, toRows } from "@mixtura/core";
export type {
  EllipsePoint,
  EmpiricalCovarianceOptions,
  LedoitWolfOptions,
  MinCovDetOptions,
  MRCDOptions,
  OASOptions,
  ShrunkCovarianceOptions,
} from "@mixtura/covariance";
export {
  EmpiricalCovariance,
  FittedCovariance,
  FittedEllipse,
  FittedRobustCovariance,
  LedoitWolf,
  MinCovDet,
  MRCD,
  OAS,
  ShrunkCovariance,
} from "@mixtura/covariance";
export { ECOD, FittedECOD } from "@mixtura/ecod";
export type { CSVBlockOptions, CSVBlockSource, CSVOptions, CSVTable, CSVWriteOptions } from "@mixtura/io";
export { csvBlockSource, csvText, readCSV, writeCSV } from "@mixtura/io";
export { FittedKernelDensity, KernelDensity } from "@mixtura/kernel-density";
export type {
  BackendChoice,
  BayesianGaussianMixtureOptions,
  CovarianceType,
  GaussianMixtureOptions,
  InitParams,
  KMeansOptions,
  KMeansPoint,
  MixtureParametersInput,
  MixturePoint,
  MixturePrior,
  Point,
  PosteriorDensity,
} from "@mixtura/mixture";
export {
  BayesianGaussianMixture,
  covarianceKind,
  covarianceTypes,
  FittedBayesianGaussianMixture,
  FittedGaussianMixture,
  FittedKMeans,
  GaussianMixture,
  KMeans,
} from "@mixtura/mixture";
export type {
  Bounds,
  Box,
  ConditionalPrediction,
  Ellipsoid,
  EllipsoidOptions,
  EllipsoidProbability,
  Estimate,
  Feature,
  MixtureModel,
  Mode,
  PredictConditionalOptions,
  Probability,
  ProbabilityOptions,
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
  Criterion,
  CrossValidateOptions,
  CrossValidation,
  FailedCandidate,
  FittedCandidate,
  LabelMatching,
  LikelihoodRatioTest,
  LikelihoodRatioTests,
  MergedClusters,
  MixtureSelection,
  PartialSelection,
  SelectionRule,
  SelectMixtureOptions,
  Stability,
  StabilityOptions,
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
export type {
  CleanFit,
  CleanFitOptions,
  CleaningRound,
  DetectorPoint,
  EllipticEnvelopeOptions,
  Explanation,
  FalseAlarmRate,
  FDRSelection,
  MixtureDetectorOptions,
  ReasonOptions,
  RefitOnInliersOptions,
  RemovedRow,
  Threshold,
} from "@mixtura/outliers";
export {
  calibrationRowsNeeded,
  cleanFit,
  EllipticEnvelope,
  FittedDetector,
  FittedEllipticEnvelope,
  FittedMixtureDetector,
  FittedRefitOnInliers,
  MixtureDetector,
  reason,
  RefitOnInliers,
  selectByFDR,
} from "@mixtura/outliers";
export { loadModel, plugins } from "./plugins.ts";
export type { BackendName } from "@mixtura/backends";
export type { SelectBackendOptions } from "./select-backend.ts";
export { selectBackend } from "./select-backend.ts";
