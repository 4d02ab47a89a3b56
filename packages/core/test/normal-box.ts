import type { AnyEstimatorPlugin, FittedModel, FitTrace } from "../src/index.ts";
import { modelJSON, readModelHeads } from "../src/internal.ts";
import { PLUGIN_CONTRACT_VERSION } from "../src/plugin.ts";

const TYPE = "NormalBox";

const trace: FitTrace = { kind: "direct", diagnostics: [] };

function model(): FittedModel {
  return { type: TYPE, featureCount: 1, trace, toJSON: () => modelJSON(TYPE, {}) };
}

/** A sound plugin whose estimator learns nothing: what is tested is its description. */
export const normalBox: AnyEstimatorPlugin = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: TYPE,
  summary: "One normal distribution with independent features.",
  options: {
    contamination: {
      range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5, exclusiveMaximum: true },
      default: 0.1,
      description: "Share of the rows to call outliers.",
    },
  },
  capabilities: ["outlier"],
  create: (options) => ({ type: TYPE, options, fit: async () => model() }),
  revive(json) {
    readModelHeads(json);
    return model();
  },
};
