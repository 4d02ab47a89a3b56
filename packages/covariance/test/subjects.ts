import type { Backend } from "@mixtura/backend";
import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { createWasmBackend } from "@mixtura/backend-wasm";
import { loadData } from "@mixtura/fixtures";
import type { EstimatorSubject } from "@mixtura/testing";
import { plugins as all } from "../src/index.ts";
import { robustEstimatorTypes } from "../src/internal.ts";

const iris = loadData("iris").rows;

/** Robust ones have a contract test of their own. */
const plugins = all.filter(({ type }) => !robustEstimatorTypes.some((robust) => robust === type));

/** Every estimator that uses all rows alike on plain kernels, held to the whole contract, and on other backends, held to what depends on their arithmetic. */
export function subjects(): readonly EstimatorSubject[] {
  return [
    ...plugins.map((plugin) => subject(plugin, referenceBackend, "all")),
    ...[createWasmBackend(), mlMatrixBackend()].flatMap((backend) => plugins.map((plugin) => subject(plugin, backend, "backend"))),
  ];
}

function subject(plugin: EstimatorSubject["plugin"], backend: Backend, laws: "all" | "backend"): EstimatorSubject {
  return {
    name: `${plugin.type}, ${backend.name}`,
    plugin,
    fits: iris,
    // A multiple of the identity is the same multiple only if all features change their units alike.
    scaling: plugin.type === "EmpiricalCovariance" ? "per-feature" : "uniform",
    backend,
    laws,
  };
}
