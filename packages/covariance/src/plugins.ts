import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { EmpiricalCovariance } from "./estimators/empirical-covariance.ts";
import { LedoitWolf } from "./estimators/ledoit-wolf.ts";
import { OAS } from "./estimators/oas.ts";
import { ShrunkCovariance } from "./estimators/shrunk-covariance.ts";
import { MinCovDet } from "./robust/min-cov-det/estimator.ts";
import { MRCD } from "./robust/mrcd/estimator.ts";

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  pluginOf(EmpiricalCovariance),
  pluginOf(ShrunkCovariance),
  pluginOf(LedoitWolf),
  pluginOf(OAS),
  pluginOf(MinCovDet),
  pluginOf(MRCD),
]);
