// What passes for a backend, in constructors and in `withBackend` alike (#16).
import { describe, expect, it } from "vitest";
import type { Backend } from "../src/index.ts";
import { centroidComponents, referenceBackend } from "../src/index.ts";
import { plainBackend, takeBackend } from "../src/internal/rows.ts";
import { BackendModelBase } from "../src/authoring.ts";
import { UNFITTED } from "@mixtura/core/internal";

class Model extends BackendModelBase {
  readonly type = "Model";
  constructor(backend?: Backend) {
    super({ featureCount: 1, trace: UNFITTED }, backend);
  }
  withBackend(backend: Backend): this {
    return new Model(backend) as this;
  }
  score(): Promise<number> {
    return this.withRows("score", [[1]], {}, async () => 1);
  }
  protected batchComponents() {
    return centroidComponents(Float64Array.of(0), 1);
  }
  protected fastBackend(): never {
    throw new Error("not wanted");
  }
  protected parametersToJSON() {
    return {};
  }
}

const { contractVersion, name, precision, kernels } = referenceBackend;
const fewer = { ...kernels, expectation: undefined };

describe.each([
  ["a name", "wasm"],
  ["null", null],
  ["a number", 1],
  ["a symbol", Symbol("backend")],
  ["nothing but its three fields", { contractVersion, name, precision }],
  ["one without kernels", { ...referenceBackend, kernels: {} }],
  ["one that lacks a kernel", { ...referenceBackend, kernels: fewer }],
  ["one that lacks a method", { ...referenceBackend, upload: undefined }],
  ["one of another contract", { ...referenceBackend, contractVersion: 99 }],
  ["one of no known precision", { ...referenceBackend, precision: "float16" }],
])("%s", (_name, junk) => {
  it("is no backend for an estimator", () => {
    expect(() => takeBackend("Test", { backend: junk as Backend })).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("is no backend for a model, at once or before rows go there", async () => {
    const used = async (): Promise<number> => new Model().withBackend(junk as Backend).score();
    await expect(used()).rejects.toMatchObject({ code: "invalid-option" });
  });
});

it.each([referenceBackend, plainBackend])("a backend is one: $name", async (backend) => {
  expect(await new Model().withBackend(backend as Backend).score()).toBe(1);
});
