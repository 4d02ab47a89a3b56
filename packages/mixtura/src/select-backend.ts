import type { TensorFlow, TfjsEngine, TfjsPackage } from "@mixtura/backend-tfjs";
import type { BackendCandidate, ChosenBackend } from "@mixtura/backend/trial";

/** Backends that can be asked for by name. Those of TensorFlow.js compute in single precision. */
export type BackendName = "wasm" | "reference" | "tfjs-node-gpu" | "tfjs-node" | "tfjs-webgpu" | "tfjs-webgl" | "tfjs-wasm" | "tfjs-cpu";

/** What a choice is told. */
export interface SelectBackendOptions {
  /**
   * The most wanted first; the first that is there and right is taken. A name is the only way to a float32 backend. Default: the fastest that
   * computes in float64.
   */
  readonly prefer?: readonly BackendName[];
  /** The namespace of TensorFlow.js, for names that begin with "tfjs-". Absent, an installed package is loaded, which bundles do not allow. */
  readonly tf?: TensorFlow;
  /** Ends the choice. */
  readonly signal?: AbortSignal;
}

/**
 * The backend that is wanted most among those that are there and agree with the reference, with the reasons in words.
 *
 * Without `prefer` it is always a float64 one. One in single precision has to be named; fits on it estimate their error, and report it in
 * `trace.diagnostics`.
 *
 * @throws (by rejection) MixturaError `invalid-option` for an unknown name, `aborted`
 * @remarks Every backend on the way is loaded and tried on a thousand rows: some tens of milliseconds each.
 * @example
 * ```ts run
 * const { backend, name, explanation } = await selectBackend({ prefer: ["tfjs-node-gpu", "wasm"] });
 * name // => "wasm"
 * explanation.endsWith("wasm: chosen, the first that is there and right; it computes in float64.") // => true
 * const model = await new GaussianMixture({ nComponents: 2, randomState: 1, backend }).fit([[0], [1], [8], [9]]);
 * model.trace.backend // => "wasm"
 * ```
 */
export async function selectBackend({ prefer, tf, signal }: SelectBackendOptions = {}): Promise<ChosenBackend> {
  const { chooseBackend } = await import("@mixtura/backend/trial");
  return chooseBackend(candidates(tf), {
    ...(prefer === undefined ? {} : { prefer }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function candidates(tf: TensorFlow | undefined): (BackendCandidate & { readonly name: BackendName })[] {
  const tensorFlow = (name: BackendName, from: TfjsPackage, engine: TfjsEngine): BackendCandidate & { readonly name: BackendName } => ({
    name,
    precision: "float32",
    load: async () => (await import("@mixtura/backend-tfjs")).tfjsBackend(tf ?? from, { engine }),
  });
  return [
    { name: "wasm", precision: "float64", load: wasm },
    { name: "reference", precision: "float64", load: async () => (await import("@mixtura/backend")).referenceBackend },
    tensorFlow("tfjs-node-gpu", "@tensorflow/tfjs-node-gpu", "tensorflow"),
    tensorFlow("tfjs-node", "@tensorflow/tfjs-node", "tensorflow"),
    tensorFlow("tfjs-webgpu", "@tensorflow/tfjs", "webgpu"),
    tensorFlow("tfjs-webgl", "@tensorflow/tfjs", "webgl"),
    tensorFlow("tfjs-wasm", "@tensorflow/tfjs", "wasm"),
    tensorFlow("tfjs-cpu", "@tensorflow/tfjs", "cpu"),
  ];
}

/** The WASM backend, unless the reference kernels would serve in its name. */
async function wasm() {
  const { wasmBackend } = await import("@mixtura/backend-wasm");
  const { name, reason } = await wasmBackend.engine();
  if (name === "reference") throw new Error(reason);
  return wasmBackend;
}
