import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { wasmBackend } from "@mixtura/backend-wasm";
import { loadData } from "@mixtura/fixtures";
import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { plugins } from "../../src/index.ts";

const named = (type: string) => plugins.find((plugin) => plugin.type === type)!;
/** Spread over hundreds of units: 1e8 more than that rounds a location to 1e-10 of a standard deviation, which shows in no score. */
const { rows } = loadData("diabetes");
const runner = { describe, expect, it };
/** Options that do not fit 145 rows. */
const refused = [
  { options: { supportCount: 146 }, code: "invalid-option" },
  { options: { supportCount: 72 }, code: "invalid-option" },
] as const;
const common = { fits: rows, scaling: "per-feature", minimumRows: 2, refused } as const;

describeEstimator({ ...common, name: "MinCovDet", plugin: named("MinCovDet") }, runner);
describeEstimator(
  { ...common, name: "FastMCD", plugin: named("MinCovDet"), options: { algorithm: "fast", nTrials: 50 }, laws: "numerical" },
  runner,
);
describeEstimator(
  {
    ...common,
    name: "MinCovDet without regularisation",
    plugin: named("MinCovDet"),
    options: { regularization: "none" },
    laws: "numerical",
  },
  runner,
);
describeEstimator({ ...common, name: "MRCD", plugin: named("MRCD") }, runner);
describeEstimator(
  { ...common, name: "MRCD, equal correlations", plugin: named("MRCD"), options: { target: "equicorrelation" }, laws: "numerical" },
  runner,
);
describeEstimator({ ...common, name: "MinCovDet on WASM", plugin: named("MinCovDet"), backend: wasmBackend, laws: "backend" }, runner);
describeEstimator({ ...common, name: "MRCD on WASM", plugin: named("MRCD"), backend: wasmBackend, laws: "backend" }, runner);
describeEstimator(
  { ...common, name: "MinCovDet on ml-matrix", plugin: named("MinCovDet"), backend: mlMatrixBackend(), laws: "backend" },
  runner,
);
