import type { BackendChoice } from "@mixtura/backend/authoring";
import type { AnyEstimatorPlugin, MixturePlugin } from "@mixtura/core";
import type { SplitRequest } from "@mixtura/core/authoring";
import { pluginOf, present } from "@mixtura/core/authoring";
import { BayesianGaussianMixture } from "./bayesian-mixture/estimator.ts";
import type { FittedBayesianGaussianMixture } from "./bayesian-mixture/model.ts";
import type { BayesianGaussianMixtureOptions } from "./bayesian-mixture/options.ts";
import { GaussianMixture } from "./gaussian-mixture/estimator.ts";
import type { FittedGaussianMixture } from "./gaussian-mixture/model.ts";
import type { GaussianMixtureOptions } from "./gaussian-mixture/options.ts";
import { mergedStarts, splitStarts } from "./gaussian-mixture/split-start.ts";
import { KMeans } from "./k-means/estimator.ts";

/** GaussianMixture, as a plugin. */
export const gaussianMixturePlugin: MixturePlugin<GaussianMixtureOptions & BackendChoice, FittedGaussianMixture> = {
  ...pluginOf(GaussianMixture),
  mixture: {
    isPosterior: false,
    split: (model: FittedGaussianMixture, request: SplitRequest) => splitInits(model, request),
    merge: (model: FittedGaussianMixture) => mergedStarts(model).map((init) => ({ init })),
  },
};

/** BayesianGaussianMixture, as a plugin. */
export const bayesianGaussianMixturePlugin: MixturePlugin<BayesianGaussianMixtureOptions & BackendChoice, FittedBayesianGaussianMixture> = {
  ...pluginOf(BayesianGaussianMixture),
  mixture: {
    isPosterior: true,
    split: (model: FittedBayesianGaussianMixture, request: SplitRequest) => splitInits(model.toGaussianMixture(), request),
  },
};

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  gaussianMixturePlugin,
  bayesianGaussianMixturePlugin,
  pluginOf(KMeans),
]);

/** The starts from a mixture with fewer components, as an option. */
async function splitInits(model: FittedGaussianMixture, { nComponents, X, options, context }: SplitRequest): Promise<object[]> {
  const { regCovar, randomState, backend } = options as GaussianMixtureOptions & BackendChoice & { readonly randomState: number };
  const shared = { randomState, ...present({ regCovar, backend }) };
  return (await splitStarts(model, nComponents, X, shared, context)).map((init) => ({ init }));
}
