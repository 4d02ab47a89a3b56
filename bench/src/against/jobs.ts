// What two checkouts are compared by. A job gets the packages of one checkout, prepares itself, and does one piece of work when it is called.

import type * as backend from "@mixtura/backend";
import type * as wasm from "@mixtura/backend-wasm";
import type * as core from "@mixtura/core";
import type * as covariance from "@mixtura/covariance";
import type * as mixture from "@mixtura/mixture";
import { createRandom } from "@mixtura/core/authoring";

/** The modules of a checkout that jobs use, as both sides of a comparison have them. */
export interface Modules {
  readonly mixture: typeof mixture;
  readonly covariance: typeof covariance;
  readonly core: typeof core;
  readonly backend: typeof backend;
  readonly wasm: typeof wasm;
}

/** One piece of work; what it returns shows that both sides did the same. */
export type Work = () => Promise<number>;

/** Rows of `k` groups, the same on both sides. */
function rowsOf({ core }: Modules, n: number, d: number, k: number) {
  const random = createRandom(n + d + k);
  const centres = Float64Array.from({ length: k * d }, () => 4 * random.normal());
  return core.matrix(
    Float64Array.from({ length: n * d }, (_, at) => centres[(Math.floor(at / d) % k) * d + (at % d)]! + random.normal()),
    n,
    d,
  );
}

const fit =
  (n: number, d: number, k: number, covarianceType: "full" | "tied" | "diag" | "spherical", maxIter: number, plain = false) =>
  (modules: Modules): Work => {
    const X = rowsOf(modules, n, d, k);
    // One thread: threads that wait for work spin, which is processor time and says nothing.
    const backend = (plain ? modules.backend.referenceBackend : modules.wasm.createWasmBackend({ threads: 1 })) as never;
    const options = { nComponents: k, covarianceType, tol: 0, maxIter, randomState: 1, backend } as const;
    return async () => (await new modules.mixture.GaussianMixture(options).fit(X)).logLikelihood!;
  };

/** Names say sizes: rows × features, components, what runs. */
export const jobs: Readonly<Record<string, (modules: Modules) => Work>> = {
  "300×2, 2, full, 20 whole fits": (modules) => {
    const X = rowsOf(modules, 300, 2, 2);
    return async () => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed++)
        sum += (await new modules.mixture.GaussianMixture({ nComponents: 2, randomState: seed }).fit(X)).logLikelihood!;
      return sum;
    };
  },
  "1e5×2, 10, full, wasm": fit(1e5, 2, 10, "full", 24),
  "1e5×8, 8, full, wasm": fit(1e5, 8, 8, "full", 15),
  "1e5×8, 8, tied, wasm": fit(1e5, 8, 8, "tied", 20),
  "1e5×8, 8, diag, wasm": fit(1e5, 8, 8, "diag", 20),
  "1e5×8, 8, spherical, wasm": fit(1e5, 8, 8, "spherical", 25),
  "2e4×48, 4, full, wasm": fit(2e4, 48, 4, "full", 10),
  "2e4×3, 4, full, plain": fit(2e4, 3, 4, "full", 25, true),
  "2e4×8, 4, full, plain": fit(2e4, 8, 4, "full", 20, true),
  "2e4×8, 4, tied, plain": fit(2e4, 8, 4, "tied", 25, true),
  "2e4×8, 4, diag, plain": fit(2e4, 8, 4, "diag", 30, true),
  "2e4×8, 4, spherical, plain": fit(2e4, 8, 4, "spherical", 30, true),
  "5e4×4, 6, Bayesian": (modules) => {
    const X = rowsOf(modules, 5e4, 4, 6);
    const backend = modules.wasm.createWasmBackend({ threads: 1 }) as never;
    const options = { nComponents: 6, tol: 0, maxIter: 24, randomState: 1, backend } as const;
    return async () => (await new modules.mixture.BayesianGaussianMixture(options).fit(X)).lowerBound!;
  },
  "1e5×8, 8, k-means": (modules) => {
    const X = rowsOf(modules, 1e5, 8, 8);
    const backend = modules.wasm.createWasmBackend({ threads: 1 }) as never;
    return async () => (await new modules.mixture.KMeans({ nClusters: 8, randomState: 1, maxIter: 40, nInit: 2, backend }).fit(X)).inertia;
  },
  "4000×6, MinCovDet": (modules) => {
    const X = rowsOf(modules, 4000, 6, 2);
    return async () => (await new modules.covariance.MinCovDet({ randomState: 1 }).fit(X)).covariance.data[0]!;
  },
  "2e5×8, LedoitWolf": (modules) => {
    const X = rowsOf(modules, 2e5, 8, 2);
    return async () => (await new modules.covariance.LedoitWolf().fit(X)).covariance.data[0]!;
  },
  "2e5×4, 6, scoreSamples": (modules) => {
    const X = rowsOf(modules, 2e5, 4, 6);
    const model = new modules.mixture.GaussianMixture({ nComponents: 6, maxIter: 2, randomState: 1 }).fit(X);
    return async () => (await (await model).scoreSamples(X)).reduce((sum, value) => sum + value, 0);
  },
  "4, 6, 4e5 single points": (modules) => {
    const X = rowsOf(modules, 2000, 4, 6);
    const model = new modules.mixture.GaussianMixture({ nComponents: 6, maxIter: 5, randomState: 1 }).fit(X);
    return async () => {
      const { point } = await model;
      let sum = 0;
      for (let i = 0; i < 4e5; i++) {
        const at = (i % 2000) * 4;
        sum += point.logDensity(X.data.subarray(at, at + 4));
      }
      return sum;
    };
  },
};
