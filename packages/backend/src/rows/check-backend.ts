import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Backend, GaussianKernels, PassBackend } from "../contract.ts";
import { BACKEND_CONTRACT_VERSION } from "../contract.ts";

/** What fits and batches call of a backend. */
const METHODS = ["upload", "sliceRows", "release"] as const satisfies readonly (keyof PassBackend)[];
const KERNELS = [
  "expectation",
  "moments",
  "logDensities",
  "responsibilities",
  "labels",
  "squaredMahalanobis",
  "potentials",
] as const satisfies readonly (keyof GaussianKernels<unknown>)[];

/**
 * Checks that what came from outside is a backend that passes can run on: its contract version, and the methods that they call.
 *
 * @param owner whose backend it is to be, for error texts: "GaussianMixture"
 * @throws MixturaError `invalid-option`
 */
export function checkBackend(owner: string, backend: unknown): asserts backend is Backend {
  const found = (typeof backend === "object" && backend !== null ? backend : {}) as Partial<Backend>;
  const isWhole =
    found.contractVersion === BACKEND_CONTRACT_VERSION &&
    (found.precision === "float64" || found.precision === "float32") &&
    METHODS.every((name) => typeof found[name] === "function") &&
    KERNELS.every((name) => typeof found.kernels?.[name] === "function");
  if (isWhole) return;
  const message = `${owner}: "backend" must be a Backend of contract version ${BACKEND_CONTRACT_VERSION} with all its methods, found ${show(backend)}. Make one by defineBackend.`;
  throw new MixturaError("invalid-option", message, { option: "backend", found: backend });
}
