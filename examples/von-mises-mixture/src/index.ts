import type { AnyEstimatorPlugin, MixturePlugin } from "@mixtura/core";
import type { SplitRequest } from "@mixtura/core/authoring";
import { pluginOf } from "@mixtura/core/authoring";
import { VonMisesMixture } from "./estimator.ts";
import { FittedVonMisesMixture } from "./model.ts";
import type { VonMisesMixtureOptions } from "./options.ts";
import { vonMisesMixtureOptions } from "./options.ts";
import { splitMeans } from "./split.ts";

export { FittedVonMisesMixture, VonMisesMixture, vonMisesMixtureOptions };
export type { VonMisesMixturePayload, VonMisesPoint } from "./model.ts";
export type { VonMisesMixtureOptions };

/** The estimator, as a plugin of mixtures. */
export const vonMisesMixturePlugin: MixturePlugin<VonMisesMixtureOptions, FittedVonMisesMixture> = {
  ...pluginOf(VonMisesMixture),
  mixture: {
    isPosterior: false,
    split: async (model: FittedVonMisesMixture, { nComponents }: SplitRequest) => [{ meansInit: splitMeans(model, nComponents) }],
  },
};

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([vonMisesMixturePlugin]);
