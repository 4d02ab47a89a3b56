import type { FittedModel } from "@mixtura/core";
import { loadModel } from "@mixtura/core";
import { requireSame } from "../../comparison.ts";
import { copyOf } from "./data-copy.ts";
import type { ModelUnderTest } from "./model.ts";
import { answers } from "./model.ts";
import type { EstimatorLaw } from "./subject.ts";
import { requireSameText } from "./tally.ts";

const roundTrip: EstimatorLaw = {
  id: "json/round-trip",
  needs: ["whole-contract"],
  claim: "reads its own JSON back to a model that writes the same text and gives the same bits, also with named features and weights",
  async check(trial) {
    const { plugin, capabilities, backend } = trial;
    const { X } = copyOf(trial.data);
    const named = { ...X, featureNames: Array.from({ length: X.columns }, (_, j) => `feature "${j}"`) };
    const sampleWeight = Float64Array.from({ length: X.rows }, (_, row) => 1 + (row % 3));
    const models: [string, ModelUnderTest][] = [
      ["plain", await trial.fit(X)],
      ["named features", await trial.fit(named)],
      ...(capabilities.has("weights") ? ([["weighted", await trial.fit(X, {}, { sampleWeight })]] as [string, ModelUnderTest][]) : []),
    ];
    for (const [name, model] of models) {
      const text = JSON.stringify(model);
      const readers: Readonly<Record<string, () => FittedModel>> = {
        "revive(parsed)": () => plugin.revive(JSON.parse(text)),
        "revive(toJSON())": () => plugin.revive(model.toJSON()),
        "loadModel(text)": () => loadModel(text, { plugins: [plugin] }),
        "loadModel(parsed)": () => loadModel(JSON.parse(text), { plugins: [plugin] }),
      };
      // The scores of a read model are held to the bit only where both were computed on one backend.
      const original = backend === undefined ? model : model.withBackend(backend);
      for (const [reader, read] of Object.entries(readers)) {
        const where = `${name}, ${reader}`;
        const revived = read();
        requireSameText(JSON.stringify(revived), text, where);
        if (revived.type !== plugin.type || revived.featureCount !== X.columns)
          throw new Error(`${where}: reads a ${revived.type} of ${revived.featureCount} features`);
        const asked = backend === undefined ? revived : revived.withBackend(backend);
        const [found, right] = [await answers(asked, X), await answers(original, X)];
        for (const [method, values] of Object.entries(right)) requireSame(found[method] ?? [], values, `${method}, ${where}`);
      }
    }
  },
};

/** Laws of a model's JSON that nobody tampered with. */
export const roundTripLaws: readonly EstimatorLaw[] = [roundTrip];
