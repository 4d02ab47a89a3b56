// What passes for a backend, in constructors and in `withBackend` alike (#16).
import { describe, expect, it } from "vitest";
import type { Backend } from "../src/index.ts";
import { referenceBackend } from "../src/index.ts";
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
  protected batchComponents(): never {
    throw new Error("not wanted");
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

  it("is no backend for a model", () => {
    expect(() => new Model().withBackend(junk as Backend)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

it.each([referenceBackend, plainBackend])("a backend is one: $name", (backend) => {
  expect(new Model().withBackend(backend as Backend)).toBeInstanceOf(Model);
});
