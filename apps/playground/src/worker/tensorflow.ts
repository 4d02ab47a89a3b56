import type { Backend } from "@mixtura/backend";
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";

/** Engines of TensorFlow.js that a browser can have. */
export type Engine = "webgpu" | "webgl" | "wasm" | "cpu";

/** Why an engine cannot be used here; nothing where it seems that it can. */
export async function tensorFlowMissing(engine: Engine): Promise<string | undefined> {
  switch (engine) {
    case "webgpu": {
      const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<unknown> } };
      if (gpu === undefined) return "This browser has no WebGPU.";
      const adapter = await gpu.requestAdapter().catch(() => null);
      return adapter == null ? "This browser has no graphics processor for WebGPU." : undefined;
    }
    case "webgl":
      return typeof OffscreenCanvas === "function" && new OffscreenCanvas(1, 1).getContext("webgl2") !== null
        ? undefined
        : "This browser has no WebGL 2 off the page's thread.";
    case "wasm":
      return typeof WebAssembly === "object" ? undefined : "This browser has no WebAssembly.";
    case "cpu":
      return undefined;
  }
}

/** Loads TensorFlow.js with one engine; nobody who does not ask for it fetches it. */
export async function openTensorFlow(engine: Engine): Promise<Backend> {
  const [tf, { tfjsBackend }] = await Promise.all([import("@tensorflow/tfjs-core"), import("@mixtura/backend-tfjs")]);
  switch (engine) {
    case "webgpu":
      await import("@tensorflow/tfjs-backend-webgpu");
      break;
    case "webgl":
      await import("@tensorflow/tfjs-backend-webgl");
      break;
    case "cpu":
      await import("@tensorflow/tfjs-backend-cpu");
      break;
    case "wasm": {
      const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
      // Its build with threads starts workers from the text of functions, which does not survive a bundler.
      tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      setWasmPaths({
        "tfjs-backend-wasm.wasm": plain,
        "tfjs-backend-wasm-simd.wasm": simd,
        "tfjs-backend-wasm-threaded-simd.wasm": simd,
      });
    }
  }
  return tfjsBackend(tf, { engine });
}
