export type { Backend, DeviceMatrix } from "@mixtura/backend";
export { referenceBackend } from "@mixtura/backend";
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
  Candidate,
  CandidateChoice,
  Criterion,
  FailedCandidate,
  FittedCandidate,
  MixtureSelection,
  SelectionContext,
  SelectionProgress,
  SelectMixtureOptions,
} from "@mixtura/model-selection";
export { criteria, selectMixture } from "@mixtura/model-selection";
export { loadModel, plugins } from "./plugins.ts";
