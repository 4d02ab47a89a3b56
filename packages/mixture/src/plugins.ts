import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import { BayesianGaussianMixture } from "./bayesian-mixture/estimator.ts";
import { FittedBayesianGaussianMixture } from "./bayesian-mixture/model.ts";
import type { BayesianGaussianMixtureOptions } from "./bayesian-mixture/options.ts";
import { bayesianGaussianMixtureOptions } from "./bayesian-mixture/options.ts";
import { GaussianMixture } from "./gaussian-mixture/estimator.ts";
import { FittedGaussianMixture } from "./gaussian-mixture/model.ts";
import type { BackendChoice, GaussianMixtureOptions } from "./gaussian-mixture/options.ts";
import { gaussianMixtureOptions } from "./gaussian-mixture/options.ts";
import { KMeans } from "./k-means/estimator.ts";
import { FittedKMeans } from "./k-means/model.ts";
import type { KMeansOptions } from "./k-means/options.ts";
import { kMeansOptions } from "./k-means/options.ts";

const gaussianMixture = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: "GaussianMixture",
  summary: "Density and soft clustering by a mixture of Gaussians, fitted by expectation maximisation.",
  options: gaussianMixtureOptions,
  capabilities: ["density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  create: (options) => new GaussianMixture(options),
  revive: (json) => FittedGaussianMixture.fromJSON(json),
} satisfies EstimatorPlugin<GaussianMixtureOptions & BackendChoice, FittedGaussianMixture>;

const bayesianGaussianMixture = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: "BayesianGaussianMixture",
  summary: "Density and soft clustering by a mixture of Gaussians that leaves components empty which the data do not ask for.",
  options: bayesianGaussianMixtureOptions,
  capabilities: ["density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  create: (options) => new BayesianGaussianMixture(options),
  revive: (json) => FittedBayesianGaussianMixture.fromJSON(json),
} satisfies EstimatorPlugin<BayesianGaussianMixtureOptions & BackendChoice, FittedBayesianGaussianMixture>;

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
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([gaussianMixture, bayesianGaussianMixture, kMeans]);
