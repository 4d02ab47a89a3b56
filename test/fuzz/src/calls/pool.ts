// Fitted models of every estimator there is, to be asked and to be passed on.
import type { AnyEstimatorPlugin, FittedModel } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { plugins } from "mixtura";

/** Models and plugins that calls are made on and with. */
export interface Pool {
  readonly models: readonly FittedModel[];
  readonly plugins: readonly AnyEstimatorPlugin[];
}

/** Options under which an estimator makes models of another kind, by its type. */
const MORE: Readonly<Record<string, readonly object[]>> = {
  GaussianMixture: [{ covarianceType: "diag" }, { covarianceType: "tied" }, { covarianceType: "spherical" }],
  BayesianGaussianMixture: [{ covarianceType: "diag" }],
  MixtureDetector: [{ novelty: true, threshold: { fpr: 0.2 } }],
  KernelDensity: [{ kernel: "tophat" }],
};

/** Every estimator of the registry, fitted to rows of one and of two columns, some of them named. */
export async function createPool(): Promise<Pool> {
  const random = createRandom(16);
  const models: FittedModel[] = [];
  for (const columns of [1, 2]) {
    const data = Float64Array.from({ length: 40 * columns }, (_, at) => random.normal() + (at % 2 === 0 ? 4 : 0));
    const X = matrix(data, 40, columns, columns === 2 ? ["length", "width"] : undefined);
    for (const plugin of plugins) {
      const usual = {
        ...("randomState" in plugin.options ? { randomState: 1 } : {}),
        ...("nComponents" in plugin.options ? { nComponents: 2 } : {}),
        ...("nClusters" in plugin.options ? { nClusters: 2 } : {}),
      };
      for (const more of [{}, ...(MORE[plugin.type] ?? [])]) models.push(await plugin.create({ ...usual, ...more }).fit(X));
    }
  }
  return { models, plugins };
}
