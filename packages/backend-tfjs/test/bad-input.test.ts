import type { TensorFlow, TfjsEngine, TfjsPackage } from "../src/index.ts";
import { tfjsBackend } from "../src/index.ts";
import { gaussianComponents } from "@mixtura/backend";
import { GaussianMixture } from "@mixtura/mixture";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

/** The namespace with some of its functions replaced. */
const altered = (replaced: Record<string, unknown>): TensorFlow => ({ ...tf, ...replaced });

describe("a backend that cannot be had", () => {
  it.each<[TfjsPackage, string]>([
    ["@tensorflow/tfjs-node-gpu", "npm install @tensorflow/tfjs-node-gpu"],
    ["@tensorflow/tfjs-node", "npm install @tensorflow/tfjs-node"],
    ["@tensorflow/tfjs", "npm install @tensorflow/tfjs"],
  ])("names the package that is missing and how to install it: %s", async (name, remedy) => {
    await expect(tfjsBackend(name)).rejects.toMatchObject({
      code: "backend-unavailable",
      detail: { backend: name },
      message: expect.stringContaining(`"${name}" is not installed. Run ${remedy};`) as string,
    });
  });

  it("loads the parts of TensorFlow.js by name where they are installed", async () => {
    expect((await tfjsBackend("@tensorflow/tfjs-core", { engine: "wasm" })).name).toBe("tfjs-wasm");
    expect((await tfjsBackend("@tensorflow/tfjs-core", { engine: "cpu" })).engine).toBe("cpu");
  });

  it("says so of an engine that does not start", async () => {
    for (const setBackend of [() => Promise.resolve(false), () => Promise.reject(new Error("no adapter"))]) {
      const backend = tfjsBackend(altered({ setBackend, findBackendFactory: () => ({}) }), { engine: "webgpu" });
      await expect(backend).rejects.toMatchObject({
        code: "backend-unavailable",
        message: expect.stringMatching(/the engine "webgpu" cannot be used: it did not start .*Try another engine/) as string,
      });
    }
  });

  it("says so of the native engine without its package", async () => {
    await expect(tfjsBackend(tf, { engine: "tensorflow" })).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining("it comes with @tensorflow/tfjs-node only") as string,
    });
  });

  it("says so where the engine belongs to another copy of TensorFlow.js", async () => {
    await expect(tfjsBackend(altered({ findBackendFactory: () => null }), { engine: "cpu" })).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining("another copy of @tensorflow/tfjs-core") as string,
    });
  });

  it("says so of a device that draws in half precision", async () => {
    const half = altered({
      setBackend: () => Promise.resolve(true),
      findBackendFactory: () => ({}),
      getBackend: () => "webgl",
      backend: () => ({}),
      env: () => ({ getBool: () => false }),
    });
    await expect(tfjsBackend(half, { engine: "webgl" })).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining("half precision") as string,
    });
  });

  it("can be waited for no longer than the caller likes", async () => {
    const never = altered({ setBackend: () => new Promise(() => undefined), findBackendFactory: () => ({}) });
    await expect(tfjsBackend(never, { engine: "webgpu", signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("wrong arguments are refused before any work", () => {
  it.each([
    [null, "invalid-option"],
    [{}, "invalid-option"],
    ["@tensorflow/tfjs-react-native", "invalid-option"],
  ])("a namespace that is none: %j", async (given, code) => {
    await expect(tfjsBackend(given as TensorFlow)).rejects.toMatchObject({ code });
  });

  it("engines and options that are not known", async () => {
    await expect(tfjsBackend(tf, { engine: "metal" as TfjsEngine })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(tfjsBackend(tf, { engines: "cpu" } as object)).rejects.toMatchObject({ code: "unknown-option" });
    await expect(tfjsBackend(tf, { signal: 1 as unknown as AbortSignal })).rejects.toMatchObject({ code: "invalid-option" });
    const strange = altered({ ready: () => Promise.resolve(), getBackend: () => "metal" });
    await expect(tfjsBackend(strange)).rejects.toMatchObject({ code: "not-supported" });
  });
});

describe("work beyond the device", () => {
  it("is refused with what to do instead, and left to float64 by fits", async () => {
    const backend = await tfjsBackend(tf, { engine: "cpu" });
    const [count, d] = [40_000, 30];
    const means = Float64Array.from({ length: count * d }, (_, at) => at % 17);
    const components = gaussianComponents({
      weights: new Float64Array(count).fill(1 / count),
      means,
      shape: "spherical",
      shared: true,
      whitening: Float64Array.of(1),
    });
    const handle = await backend.upload({ data: new Float64Array(2 * d), rows: 2, columns: d });

    await expect(backend.kernels.labels(handle, components)).rejects.toMatchObject({
      code: "not-supported",
      message: "tfjs-cpu: 40000 components of 30 features are too many for one tensor. Use fewer, or the reference backend.",
    });
    backend.release(handle);
  });

  it("without a tensor is an error that quotes the engine's message", async () => {
    const broken = await tfjsBackend(
      altered({
        matMul: () => {
          throw new Error("Failed to allocate");
        },
      }),
      { engine: "cpu" },
    );
    const handle = await broken.upload({ data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 });
    const components = gaussianComponents({
      weights: Float64Array.of(1),
      means: Float64Array.of(0, 0),
      shape: "diag",
      shared: true,
      whitening: Float64Array.of(1, 1),
    });
    const before = tf.memory().numTensors;

    await expect(broken.kernels.labels(handle, components)).rejects.toMatchObject({
      code: "backend-unavailable",
      message: "tfjs-cpu: TensorFlow.js failed: Failed to allocate. Use fewer rows at a time, or another backend.",
    });

    expect(tf.memory().numTensors).toBe(before);
    broken.release(handle);
    // A fit goes on without the device, and says so.
    const model = await new GaussianMixture({ nComponents: 2, randomState: 1, backend: broken }).fit([[0], [1], [8], [9]]);
    expect(model.trace.converged).toBe(true);
    expect(model.trace.diagnostics).toMatchObject([
      { code: "backend-fell-back", severity: "warning", detail: { reason: "device" } },
      { code: "few-rows-for-parameters" },
    ]);
  });
});
