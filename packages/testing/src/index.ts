export type { Tolerance } from "./comparison.ts";
export type { BackendSubject } from "./describe-backend.ts";
export { describeBackend, runBackendLaws } from "./describe-backend.ts";
export type { EstimatorSubject } from "./describe-estimator.ts";
export { describeEstimator, runEstimatorLaws } from "./describe-estimator.ts";
export type { ExpectedFailures, Suite, TestRunner } from "./describe-laws.ts";
export { describeLaws } from "./describe-laws.ts";
export type { Law, LawFigure, LawResult } from "./law.ts";
export { dueLaws, judge } from "./law.ts";
export { BACKEND_LAWS } from "./laws/backend/laws.ts";
export type { BackendCapability, BackendLaw, BackendUnderTest } from "./laws/backend/subject.ts";
export type { Tolerances } from "./laws/backend/tolerances.ts";
export type { DataCopy } from "./laws/estimator/data-copy.ts";
export { ESTIMATOR_LAWS } from "./laws/estimator/laws.ts";
export type { Ledger } from "./laws/estimator/ledger.ts";
export type { Answers, ModelUnderTest, PointAnswers } from "./laws/estimator/model.ts";
export type {
  EstimatorCapability,
  EstimatorLaw,
  EstimatorOnTrial,
  EstimatorUnderTest,
  Options,
  RefusedOptions,
} from "./laws/estimator/subject.ts";
