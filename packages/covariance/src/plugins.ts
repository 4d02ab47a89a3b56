import type { BackendChoice } from "@mixtura/backend/rows";
import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import type { CovarianceEstimatorType } from "./covariance-model.ts";
import { FittedCovariance } from "./covariance-model.ts";
import { EmpiricalCovariance } from "./estimators/empirical-covariance.ts";
import { LedoitWolf } from "./estimators/ledoit-wolf.ts";
import { OAS } from "./estimators/oas.ts";
import { ShrunkCovariance } from "./estimators/shrunk-covariance.ts";
import type { EmpiricalCovarianceOptions, LedoitWolfOptions, OASOptions, ShrunkCovarianceOptions } from "./options.ts";
import { robustPlugins } from "./robust/plugins.ts";
import { empiricalCovarianceOptions, ledoitWolfOptions, oasOptions, shrunkCovarianceOptions } from "./options.ts";

/** What all of them have in common. */
function shared<Type extends CovarianceEstimatorType>(type: Type) {
  return {
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type,
    capabilities: ["density", "sampling", "weights", "blocks"],
    revive: (json: unknown) => FittedCovariance.fromJSON(json, type),
  } as const;
}

const empiricalCovariance = {
  ...shared("EmpiricalCovariance"),
  summary: "Location and covariance by maximum likelihood.",
  options: empiricalCovarianceOptions,
  create: (options) => new EmpiricalCovariance(options),
} satisfies EstimatorPlugin<EmpiricalCovarianceOptions & BackendChoice, FittedCovariance<"EmpiricalCovariance">>;

const shrunkCovariance = {
  ...shared("ShrunkCovariance"),
  summary: "Covariance shrunk towards a multiple of the identity by a given share.",
  options: shrunkCovarianceOptions,
  create: (options) => new ShrunkCovariance(options),
} satisfies EstimatorPlugin<ShrunkCovarianceOptions & BackendChoice, FittedCovariance<"ShrunkCovariance">>;

const ledoitWolf = {
  ...shared("LedoitWolf"),
  summary: "Covariance shrunk by the share that Ledoit and Wolf estimate from the rows; for many features or few rows.",
  options: ledoitWolfOptions,
  create: (options) => new LedoitWolf(options),
} satisfies EstimatorPlugin<LedoitWolfOptions & BackendChoice, FittedCovariance<"LedoitWolf">>;

const oas = {
  ...shared("OAS"),
  summary: "Covariance shrunk by the share that is best for Gaussian rows; for many features or few rows.",
  options: oasOptions,
  create: (options) => new OAS(options),
} satisfies EstimatorPlugin<OASOptions & BackendChoice, FittedCovariance<"OAS">>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  empiricalCovariance,
  shrunkCovariance,
  ledoitWolf,
  oas,
  ...robustPlugins,
]);
