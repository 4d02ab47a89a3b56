export type { CovarianceEstimatorType } from "./covariance-model.ts";
export { covarianceEstimatorTypes, FittedCovariance } from "./covariance-model.ts";
export { EmpiricalCovariance } from "./estimators/empirical-covariance.ts";
export { LedoitWolf } from "./estimators/ledoit-wolf.ts";
export { OAS } from "./estimators/oas.ts";
export { ShrunkCovariance } from "./estimators/shrunk-covariance.ts";
export type { ErrorNormOptions } from "./gaussian/error-norm.ts";
export type { Ellipse, EllipseParts } from "./gaussian/ellipse.ts";
export { createEllipse, FLAT_FRACTION, flooredEllipse } from "./gaussian/ellipse.ts";
export type { Hyperplane, HyperplaneQuestion } from "./gaussian/hyperplanes.ts";
export { findHyperplanes } from "./gaussian/hyperplanes.ts";
export { FittedEllipse } from "./gaussian/model.ts";
export type { EllipsePoint } from "./gaussian/point.ts";
export { ellipsePoint } from "./gaussian/point.ts";
export type {
  CheckedEmpiricalCovarianceOptions,
  CheckedLedoitWolfOptions,
  CheckedOASOptions,
  CheckedShrunkCovarianceOptions,
  EmpiricalCovarianceOptions,
  LedoitWolfOptions,
  OASFormula,
  OASOptions,
  ShrunkCovarianceOptions,
} from "./options.ts";
export { empiricalCovarianceOptions, ledoitWolfOptions, oasOptions, shrunkCovarianceOptions } from "./options.ts";
export { plugins } from "./plugins.ts";
export type { CorrectionFactors, Regularization } from "./robust/estimate.ts";
export { MinCovDet } from "./robust/min-cov-det/estimator.ts";
export type { RobustEstimatorType } from "./robust/model.ts";
export { FittedRobustCovariance, robustEstimatorTypes } from "./robust/model.ts";
export { MRCD } from "./robust/mrcd/estimator.ts";
export type { TargetName } from "./robust/mrcd/target.ts";
export type {
  Algorithm,
  CheckedMinCovDetOptions,
  CheckedMRCDOptions,
  MinCovDetOptions,
  MRCDOptions,
  RegularizationRule,
} from "./robust/options.ts";
export { minCovDetOptions, mrcdOptions } from "./robust/options.ts";
