import type { KnownBackend, Platform } from "./known-backend.ts";
import { nothingMissing, threadsMissing, webAssemblyMissing, webGLMissing, webGPUMissing } from "./probes.ts";
import { tensorFlow } from "./tensorflow.ts";

/** Packages of TensorFlow.js that take any engine. */
const ANY_TENSORFLOW = ["@tensorflow/tfjs", "@tensorflow/tfjs-core"] as const;

const LIST = [
  {
    name: "wasm",
    title: "WebAssembly, threads",
    about: "float64 with SIMD on all processors, the same bits as on one",
    precision: "float64",
    package: "@mixtura/backend-wasm",
    needs: [],
    runsIn: ["node", "browser"],
    where: "Node, Deno, Bun; isolated pages",
    missing: threadsMissing,
    load: async () => {
      const { wasmBackend } = await import("@mixtura/backend-wasm");
      const { name, reason } = await wasmBackend.engine();
      if (name === "reference") throw new Error(reason); // the reference kernels would serve in its name
      return wasmBackend;
    },
  },
  {
    name: "reference",
    title: "plain TypeScript",
    about: "float64, one thread; the yardstick",
    precision: "float64",
    package: "@mixtura/backend",
    needs: [],
    runsIn: ["node", "browser"],
    where: "everywhere",
    missing: nothingMissing,
    load: async () => (await import("@mixtura/backend")).referenceBackend,
  },
  {
    name: "ml-matrix",
    title: "ml-matrix",
    about: "float64 through a matrix library, for those who have one",
    precision: "float64",
    package: "@mixtura/backend-ml-matrix",
    needs: [],
    runsIn: ["node", "browser"],
    where: "everywhere",
    missing: nothingMissing,
    load: async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend(),
  },
  {
    name: "wasm-one-thread",
    title: "WebAssembly, one thread",
    about: "float64 with SIMD",
    precision: "float64",
    package: "@mixtura/backend-wasm",
    needs: [],
    runsIn: ["node", "browser"],
    where: "every page, worker and edge runtime with WebAssembly SIMD",
    missing: webAssemblyMissing,
    load: async () => (await import("@mixtura/backend-wasm")).createWasmBackend({ threads: 1 }),
  },
  {
    name: "tfjs-node-gpu",
    title: "TensorFlow.js, tfjs-node-gpu",
    about: "float32 in native TensorFlow on a CUDA device",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ["@tensorflow/tfjs-node-gpu"],
    runsIn: ["node"],
    where: "Node on Linux with CUDA",
    missing: nothingMissing,
    load: (host) => tensorFlow(["@tensorflow/tfjs-node-gpu"], "tensorflow", host),
  },
  {
    name: "tfjs-node",
    title: "TensorFlow.js, tfjs-node",
    about: "float32 in native TensorFlow",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ["@tensorflow/tfjs-node"],
    runsIn: ["node"],
    where: "Node on x64 and Apple silicon",
    missing: nothingMissing,
    load: (host) => tensorFlow(["@tensorflow/tfjs-node"], "tensorflow", host),
  },
  {
    name: "tfjs-webgpu",
    title: "TensorFlow.js, webgpu",
    about: "float32 on the graphics processor, its error watched in every pass",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ANY_TENSORFLOW,
    runsIn: ["browser"],
    where: "pages with WebGPU",
    missing: webGPUMissing,
    load: (host) => tensorFlow(ANY_TENSORFLOW, "webgpu", host),
  },
  {
    name: "tfjs-webgl",
    title: "TensorFlow.js, webgl",
    about: "float32 on the graphics processor through WebGL",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ANY_TENSORFLOW,
    runsIn: ["browser"],
    where: "pages with WebGL 2 in full precision",
    missing: webGLMissing,
    load: (host) => tensorFlow(ANY_TENSORFLOW, "webgl", host),
  },
  {
    name: "tfjs-wasm",
    title: "TensorFlow.js, wasm",
    about: "float32 in TensorFlow.js' own WebAssembly",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ANY_TENSORFLOW,
    runsIn: ["node", "browser"],
    where: "pages; Node, on one thread",
    missing: webAssemblyMissing,
    load: (host) => tensorFlow(ANY_TENSORFLOW, "wasm", host),
  },
  {
    name: "tfjs-cpu",
    title: "TensorFlow.js, cpu",
    about: "float32 in plain JavaScript, to find errors by",
    precision: "float32",
    package: "@mixtura/backend-tfjs",
    needs: ANY_TENSORFLOW,
    runsIn: ["node", "browser"],
    where: "everywhere",
    missing: nothingMissing,
    load: (host) => tensorFlow(ANY_TENSORFLOW, "cpu", host),
  },
] as const satisfies readonly KnownBackend[];

/** The name of a backend. */
export type BackendName = (typeof LIST)[number]["name"];

/**
 * Every backend there is, in the order in which a choice among them goes. Command line, `selectBackend`, playground, benchmarks and guides read it:
 * a further backend is a further entry here, and a dependency of this package.
 *
 * @example
 * ```ts run
 * const wanted = knownBackends.find(({ name }) => name === "ml-matrix")!;
 * wanted.precision // => "float64"
 * const backend = await wanted.load();
 * backend.precision // => "float64"
 * ```
 */
export const knownBackends: readonly (KnownBackend & { readonly name: BackendName })[] = LIST;

/** The backends that a platform can have. */
export function backendsOn(platform: Platform): typeof knownBackends {
  return knownBackends.filter(({ runsIn }) => runsIn.includes(platform));
}
