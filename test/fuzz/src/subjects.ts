// Every estimator of the registry, with the options that change how it computes. A plugin without an entry here is tried with its defaults.
import type { AnyEstimatorPlugin } from "@mixtura/core";
import { plugins } from "mixtura";

/** One estimator with options. */
export interface Subject {
  readonly name: string;
  readonly plugin: AnyEstimatorPlugin;
  readonly options: Readonly<Record<string, unknown>>;
}

const covarianceTypes = ["full", "tied", "diag", "tied-diag", "spherical"];

const variants: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  GaussianMixture: [
    ...covarianceTypes.map((covarianceType) => ({ nComponents: 2, covarianceType })),
    { nComponents: 3, nInit: 2, regCovar: 0 },
    { nComponents: 2, initParams: "random", regCovar: 1e-6 },
    { nComponents: 2, precision: "mixed", order: "fit" },
  ],
  BayesianGaussianMixture: [
    ...covarianceTypes.map((covarianceType) => ({ nComponents: 3, covarianceType })),
    ...covarianceTypes.map((covarianceType) => ({
      nComponents: 3,
      covarianceType,
      weightConcentrationPriorType: "dirichlet_distribution",
    })),
    { nComponents: 3, moves: true },
    { nComponents: 3, weightConcentrationPrior: "learn", density: "plugin" },
    { nComponents: 3, weightConcentrationPrior: "learn", weightConcentrationPriorType: "dirichlet_distribution", covarianceType: "diag" },
    { nComponents: 2, priorConvention: "scikit-learn", density: "variational" },
  ],
  KMeans: [{ nClusters: 3 }, { nClusters: 2, init: "random", nInit: 2, tol: 0 }],
  KernelDensity: [{}, { scaling: "whitened" }, { kernel: "epanechnikov", bandwidth: "silverman" }, { kernel: "tophat" }],
  ECOD: [{}, { tails: "feature" }],
  MinCovDet: [{}, { algorithm: "det" }],
  EllipticEnvelope: [{}, { threshold: { chiSquare: 0.99 } }],
  MixtureDetector: [{ nComponents: [1, 2] }],
  RefitOnInliers: [{}],
};

/** All of them. */
export const subjects: readonly Subject[] = plugins.flatMap((plugin) =>
  (variants[plugin.type] ?? [{}]).map((options) => ({
    name: `${plugin.type} ${JSON.stringify(options)}`,
    plugin,
    options: {
      ...options,
      ...("randomState" in plugin.options ? { randomState: 7 } : {}),
      ...("maxIter" in plugin.options ? { maxIter: 60 } : {}),
    },
  })),
);
