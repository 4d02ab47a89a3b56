import { describe, expect, it } from "vitest";
import type { AnyEstimatorPlugin } from "../src/index.ts";
import { checkPlugins, checkSameMeasure, isMixturePlugin } from "../src/internal.ts";
import { isClustering, isDensity, isDetector, isMixture, isTransformer } from "../src/index.ts";
import { PLUGIN_CONTRACT_VERSION } from "../src/plugin.ts";

const answer = async (): Promise<never> => Promise.reject(new Error("not called"));
const density = { measure: "original-units", scoreSamples: answer, score: answer };
const clustering = { labelCount: 2, predict: answer };
const mixture = { ...density, ...clustering, nComponents: 2, isPosterior: false, components: [] };

describe("capabilities", () => {
  it("are recognised by the members of a model", () => {
    const models = {
      density,
      clustering,
      mixture,
      detector: { threshold: 0, predict: answer, scoreSamples: answer },
      transformer: { outputCount: 1, apply: answer },
    };
    const guards = { isDensity, isClustering, isMixture, isDetector, isTransformer };
    const found = Object.entries(models).map(([name, model]) => [
      name,
      Object.entries(guards).flatMap(([guard, is]) => (is(model) ? [guard] : [])),
    ]);
    expect(Object.fromEntries(found)).toEqual({
      density: ["isDensity"],
      clustering: ["isClustering"],
      mixture: ["isDensity", "isClustering", "isMixture"],
      detector: ["isDetector"],
      transformer: ["isTransformer"],
    });
  });

  it("of a mixture are all there: without one of them it is none", () => {
    for (const name of Object.keys(mixture).filter((key) => key !== "score")) {
      const { [name as "measure"]: _, ...rest } = mixture;
      expect([name, isMixture(rest)]).toEqual([name, false]);
    }
    expect([isMixture({ ...mixture, isPosterior: "no" }), isMixture({ ...mixture, components: {} })]).toEqual([false, false]);
  });

  it("are none of what is no model", () => {
    for (const value of [undefined, null, 1, "GaussianMixture", [], {}])
      expect([isDensity, isClustering, isMixture, isDetector, isTransformer].some((is) => is(value))).toBe(false);
  });

  it("refuses to compare densities of different measures", () => {
    const counts = { type: "Counts", measure: "counting" } as const;
    const units = { type: "Units", measure: "original-units" } as const;
    expect(() => checkSameMeasure([units, units], "test")).not.toThrow();
    expect(() => checkSameMeasure([], "test")).not.toThrow();
    for (const models of [
      [units, counts],
      [units, units, units, counts],
    ])
      expect(() => checkSameMeasure(models, "test")).toThrow(/test: densities of Units .* and of Counts .* cannot be compared/);
  });

  it("asks a plugin of mixtures what its models are", () => {
    const plugin = {
      contractVersion: PLUGIN_CONTRACT_VERSION,
      type: "Some",
      summary: "A mixture.",
      options: {},
      capabilities: ["mixture"],
      create: answer,
      revive: answer,
    };
    expect(() => checkPlugins([plugin])).toThrow(/mixture: \{ isPosterior \}/);
    const whole = { ...plugin, mixture: { isPosterior: false } };
    expect(checkPlugins([whole])).toEqual([whole]);
    expect(isMixturePlugin(whole as unknown as AnyEstimatorPlugin)).toBe(true);
  });
});
