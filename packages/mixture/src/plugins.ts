import type { AnyEstimatorPlugin, EstimatorPlugin, MixturePlugin, SplitRequest } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { BayesianGaussianMixture } from "./bayesian-mixture/estimator.ts";
import { FittedBayesianGaussianMixture } from "./bayesian-mixture/model.ts";
import type { BayesianGaussianMixtureOptions } from "./bayesian-mixture/options.ts";
import { bayesianGaussianMixtureOptions } from "./bayesian-mixture/options.ts";
import { GaussianMixture } from "./gaussian-mixture/estimator.ts";
import { FittedGaussianMixture } from "./gaussian-mixture/model.ts";
import type { BackendChoice, GaussianMixtureOptions } from "./gaussian-mixture/options.ts";
import { gaussianMixtureOptions } from "./gaussian-mixture/options.ts";
import { mergedStart, splitStart } from "./gaussian-mixture/split-start.ts";
import { KMeans } from "./k-means/estimator.ts";
import { FittedKMeans } from "./k-means/model.ts";
import type { KMeansOptions } from "./k-means/options.ts";
import { kMeansOptions } from "./k-means/options.ts";

/** GaussianMixture, as a plugin. */
export const gaussianMixturePlugin: MixturePlugin<GaussianMixtureOptions & BackendChoice, FittedGaussianMixture> = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: "GaussianMixture",
  summary: "Density and soft clustering by a mixture of Gaussians, fitted by expectation maximisation.",
  options: gaussianMixtureOptions,
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  create: (options) => new GaussianMixture(options),
  revive: (json) => FittedGaussianMixture.fromJSON(json),
  mixture: {
    isPosterior: false,
    split: (model: FittedGaussianMixture, request: SplitRequest) => splitInit(model, request),
    merge: (model: FittedGaussianMixture) => ({ init: mergedStart(model) }),
  },
};

/** BayesianGaussianMixture, as a plugin. */
export const bayesianGaussianMixturePlugin: MixturePlugin<BayesianGaussianMixtureOptions & BackendChoice, FittedBayesianGaussianMixture> = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: "BayesianGaussianMixture",
  summary: "Density and soft clustering by a mixture of Gaussians that leaves components empty which the data do not ask for.",
  options: bayesianGaussianMixtureOptions,
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  create: (options) => new BayesianGaussianMixture(options),
  revive: (json) => FittedBayesianGaussianMixture.fromJSON(json),
  mixture: {
    isPosterior: true,
    split: (model: FittedBayesianGaussianMixture, request: SplitRequest) => splitInit(model.toGaussianMixture(), request),
  },
};

const kMeans = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: "KMeans",
  summary: "Hard clustering around k centres of least squared distance.",
  options: kMeansOptions,
  capabilities: ["clustering", "weights", "blocks", "steps"],
  create: (options) => new KMeans(options),
  revive: (json) => FittedKMeans.fromJSON(json),
} satisfies EstimatorPlugin<KMeansOptions & BackendChoice, FittedKMeans>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([gaussianMixturePlugin, bayesianGaussianMixturePlugin, kMeans]);

/** The start from a mixture with fewer components, as an option. */
async function splitInit(model: FittedGaussianMixture, { nComponents, X, options, context }: SplitRequest): Promise<object> {
  const { regCovar, randomState, backend } = options as GaussianMixtureOptions & BackendChoice & { readonly randomState: number };
  const shared = { randomState, ...(regCovar === undefined ? {} : { regCovar }), ...(backend === undefined ? {} : { backend }) };
  return { init: await splitStart(model, nComponents, X, shared, context) };
}
