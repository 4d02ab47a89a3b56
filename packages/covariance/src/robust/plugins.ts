import type { BackendChoice } from "@mixtura/backend/rows";
import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { MinCovDet } from "./min-cov-det/estimator.ts";
import type { RobustEstimatorType } from "./model.ts";
import { FittedRobustCovariance } from "./model.ts";
import { MRCD } from "./mrcd/estimator.ts";
import type { MinCovDetOptions, MRCDOptions } from "./options.ts";
import { minCovDetOptions, mrcdOptions } from "./options.ts";

/** What both have in common. */
function shared<Type extends RobustEstimatorType>(type: Type) {
  return {
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type,
    capabilities: ["density", "sampling", "weights"],
    revive: (json: unknown) => FittedRobustCovariance.fromJSON(json, type),
  } as const;
}

const minCovDet = {
  ...shared("MinCovDet"),
  summary: "Location and covariance of the bulk of the rows: the minimum covariance determinant, reweighted.",
  options: minCovDetOptions,
  create: (options) => new MinCovDet(options),
} satisfies EstimatorPlugin<MinCovDetOptions & BackendChoice, FittedRobustCovariance<"MinCovDet">>;

const mrcd = {
  ...shared("MRCD"),
  summary: "Location and covariance of the bulk of the rows, drawn towards a target: for few rows or many features.",
  options: mrcdOptions,
  create: (options) => new MRCD(options),
} satisfies EstimatorPlugin<MRCDOptions & BackendChoice, FittedRobustCovariance<"MRCD">>;

/** The robust estimators of this package. */
export const robustPlugins: readonly AnyEstimatorPlugin[] = Object.freeze([minCovDet, mrcd]);
