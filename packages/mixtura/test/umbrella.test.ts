import { GaussianMixture, isMixturaError, loadModel, MixturaError, plugins, readCSV, selectMixture } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const rows = "x\n0\n0.2\n0.5\n0.7\n9\n9.3\n9.4\n9.9\n";

describe("mixtura", () => {
  it("reads, chooses, saves and loads with one import", async () => {
    const { X } = await readCSV(rows);
    const { best } = await selectMixture(X, { nComponents: [1, 2], covarianceType: "tied", randomState: 1 });

    const again = loadModel(JSON.stringify(best));

    expect(best.nComponents).toBe(2);
    expect(again.toJSON()).toEqual(best.toJSON());
  });

  it("loads models of every plugin it lists", async () => {
    const { X } = await readCSV(rows);
    const models = await Promise.all(plugins.map((plugin) => plugin.create({}).fit(X)));

    const types = models.map((model) => loadModel(JSON.stringify(model)).type);

    expect(types).toEqual(plugins.map(({ type }) => type));
  });

  it("loads models of a plugin that the caller brings", () => {
    const [gaussianMixture] = plugins;
    const foreign = {
      ...gaussianMixture!,
      type: "Foreign",
      revive: () => GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] }),
    };
    const json = { format: "mixtura-model", version: 1, type: "Foreign" };

    expect(loadModel(json, { plugins: [foreign] }).featureCount).toBe(1);
    expect(() => loadModel(json)).toThrow(MixturaError);
  });

  it("recognises its own errors", async () => {
    const error = await selectMixture([[NaN]]).catch((reason: unknown) => reason);

    expect(isMixturaError(error, "not-finite")).toBe(true);
  });
});
