import type { TensorFlow, TfjsEngine } from "@mixtura/backend-tfjs";
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";

/** Loads TensorFlow.js with one engine; nobody who does not ask for it fetches it. */
export async function engineNamespace(engine: TfjsEngine): Promise<TensorFlow> {
  const tf = await import("@tensorflow/tfjs-core");
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
      break;
    }
    case "tensorflow":
      throw new Error("Native TensorFlow is for Node.");
  }
  return tf;
}
