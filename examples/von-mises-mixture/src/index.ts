import type { AnyEstimatorPlugin, MixturePlugin, SplitRequest } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { VonMisesMixture } from "./estimator.ts";
import { FittedVonMisesMixture, VON_MISES_MIXTURE } from "./model.ts";
import type { VonMisesMixtureOptions } from "./options.ts";
import { vonMisesMixtureOptions } from "./options.ts";
import { splitMeans } from "./split.ts";

export { FittedVonMisesMixture, VonMisesMixture, vonMisesMixtureOptions };
export type { VonMisesMixturePayload, VonMisesPoint } from "./model.ts";
export type { VonMisesMixtureOptions };

/** The estimator, as a plugin of mixtures. */
export const vonMisesMixturePlugin: MixturePlugin<VonMisesMixtureOptions, FittedVonMisesMixture> = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: VON_MISES_MIXTURE,
  summary: "Density and soft clustering of angles by a mixture of von Mises distributions.",
  options: vonMisesMixtureOptions,
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights"],
  create: (options) => new VonMisesMixture(options),
  revive: (json) => FittedVonMisesMixture.fromJSON(json),
  mixture: {
    isPosterior: false,
    split: async (model: FittedVonMisesMixture, { nComponents }: SplitRequest) => ({ meansInit: splitMeans(model, nComponents) }),
  },
};

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([vonMisesMixturePlugin]);
