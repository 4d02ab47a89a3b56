import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { ECOD } from "./estimator.ts";
import { FittedECOD } from "./model.ts";
import type { ECODOptions } from "./options.ts";
import { ecodOptions } from "./options.ts";
import { ECOD_TYPE } from "./payload.ts";

const ecod = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: ECOD_TYPE,
  summary: "Outliers by the tail probabilities of each feature, with a reason per feature.",
  options: ecodOptions,
  capabilities: ["outlier", "weights"],
  create: (options) => new ECOD(options),
  revive: (json) => FittedECOD.fromJSON(json),
} satisfies EstimatorPlugin<ECODOptions, FittedECOD>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([ecod]);
