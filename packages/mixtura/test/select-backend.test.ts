import * as tf from "@tensorflow/tfjs-core";
import { GaussianMixture, selectBackend } from "../src/index.ts";
import { describe, expect, it } from "vitest";

describe("selectBackend", () => {
  it("takes WebAssembly where nothing is said", async () => {
    const { name, precision, explanation } = await selectBackend();
    expect([name, precision]).toEqual(["wasm", "float64"]);
    expect(explanation).toBe("wasm: chosen, the first that is there and right; it computes in float64.");
  });

  it("takes an engine of TensorFlow.js by its name, from the namespace that the caller has", async () => {
    const { backend, name, explanation } = await selectBackend({ prefer: ["tfjs-webgl", "tfjs-wasm", "wasm"], tf });

    expect(name).toBe("tfjs-wasm");
    expect(explanation).toMatch(/^tfjs-webgl: not there \(.*\)\. tfjs-wasm: chosen, .* float32, since it was asked for by name/);
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1, backend }).fit([[0], [1], [8], [9]]);
    expect(model.trace.backend).toBe("tfjs-wasm");
    expect(model.trace.diagnostics.map(({ code }) => code)).toContain("single-precision");
  });

  it("says what is not installed, and goes on", async () => {
    const { name, explanation } = await selectBackend({ prefer: ["tfjs-node-gpu", "tfjs-node", "reference"] });
    expect(name).toBe("reference");
    expect(explanation).toContain('"@tensorflow/tfjs-node-gpu" is not installed. Run npm install @tensorflow/tfjs-node-gpu');
  });

  it("refuses names that it does not know", async () => {
    await expect(selectBackend({ prefer: ["cuda" as "wasm"] })).rejects.toMatchObject({ code: "invalid-option" });
  });
});
