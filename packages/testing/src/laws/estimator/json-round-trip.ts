import type { FittedModel } from "@mixtura/core";
import { loadModel } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
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
      const original = movedTo(model, backend);
      for (const [reader, read] of Object.entries(readers)) {
        const where = `${name}, ${reader}`;
        const revived = read();
        requireSameText(JSON.stringify(revived), text, where);
        if (revived.type !== plugin.type || revived.featureCount !== X.columns)
          throw new Error(`${where}: reads a ${revived.type} of ${revived.featureCount} features`);
        const asked = movedTo(revived, backend);
        const [found, right] = [await answers(asked, X), await answers(original, X)];
        for (const [method, values] of Object.entries(right)) requireSame(found[method] ?? [], values, `${method}, ${where}`);
      }
    }
  },
};

const oneFile: EstimatorLaw = {
  id: "json/one-file",
  needs: ["whole-contract"],
  claim: "writes the same file, byte for byte, for the same rows, options and seed, with the rows' origin and no time in it",
  async check(trial) {
    const { X } = copyOf(trial.data);
    const provenance = { source: "rows.csv", leftOut: [{ rows: 2, reason: "missing values" }] };
    const [one, other] = [await trial.fit(X, {}, { provenance }), await trial.fit(X, {}, { provenance })];
    requireSameText(JSON.stringify(other), JSON.stringify(one), "the file of a second fit");
    const written = one.provenance;
    if (written === undefined) return; // estimators that are built from the ground up need not keep one
    requireSameText(
      JSON.stringify([written.source, written.leftOut, written.rows, written.created]),
      JSON.stringify(["rows.csv", provenance.leftOut, X.rows, undefined]),
      "its provenance",
    );
    const moved = { ...X, data: X.data.map((value, at) => (at === 0 ? value + 1 : value)) };
    if ((await trial.fit(moved, {}, { provenance })).provenance?.checksum === written.checksum)
      throw new Error("other rows have the same checksum");
  },
};

/** Laws of a model's JSON that nobody tampered with. */
export const roundTripLaws: readonly EstimatorLaw[] = [roundTrip, oneFile];
