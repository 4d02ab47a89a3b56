import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Backend } from "@mixtura/backend";
import type { TensorFlow, TfjsBackend, TfjsEngine, TfjsPackage } from "@mixtura/backend-tfjs";
import type { BackendCandidate } from "@mixtura/backend/trial";

/** A backend of `--backend`. */
interface KnownBackend extends BackendCandidate {
  /** What it needs beside this package. */
  readonly needs?: string;
}

/** The backends of `--backend`, loaded when they are asked for. */
export const KNOWN_BACKENDS = [
  { name: "wasm", precision: "float64", load: async () => (await import("@mixtura/backend-wasm")).wasmBackend },
  { name: "reference", precision: "float64", load: async () => (await import("@mixtura/backend")).referenceBackend },
  { name: "ml-matrix", precision: "float64", load: async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend() },
  tensorFlow("tfjs-node-gpu", ["@tensorflow/tfjs-node-gpu"], "tensorflow"),
  tensorFlow("tfjs-node", ["@tensorflow/tfjs-node"], "tensorflow"),
  tensorFlow("tfjs-wasm", ["@tensorflow/tfjs", "@tensorflow/tfjs-core"], "wasm"),
  tensorFlow("tfjs-cpu", ["@tensorflow/tfjs", "@tensorflow/tfjs-core"], "cpu"),
] as const satisfies readonly KnownBackend[];

/** The names of `--backend`; "auto" leaves the choice to the estimator, which weighs the work and stays in float64. */
export type BackendName = "auto" | (typeof KNOWN_BACKENDS)[number]["name"];

/** All that `--backend` takes. */
export const BACKEND_NAMES: readonly BackendName[] = ["auto", ...KNOWN_BACKENDS.map(({ name }) => name)];

/** Loads the backend that was asked for by name; undefined for "auto". */
export async function loadBackend(name: BackendName): Promise<Backend | undefined> {
  return KNOWN_BACKENDS.find((known) => known.name === name)?.load();
}

/** The command line of TensorFlow.js' engines: packages are looked up from the folder that the command runs in, then beside this one. */
function tensorFlow<Name extends string>(name: Name, packages: readonly TfjsPackage[], engine: TfjsEngine) {
  const load = async (): Promise<TfjsBackend> => {
    const { tfjsBackend } = await import("@mixtura/backend-tfjs");
    let problem: unknown;
    for (const candidate of packages) {
      try {
        return await tfjsBackend((await fromFolder(candidate, process.cwd())) ?? candidate, { engine });
      } catch (error) {
        problem ??= error;
      }
    }
    throw problem;
  };
  return { name, precision: "float32", load, needs: packages[0]! } as const;
}

/** A package as a program in the folder would get it; undefined where it is not installed there. */
async function fromFolder(name: TfjsPackage, folder: string): Promise<TensorFlow | undefined> {
  let path: string;
  try {
    path = createRequire(join(resolve(folder), "package.json")).resolve(name);
  } catch {
    return undefined;
  }
  // Else newer NVIDIA processors multiply with 10 binary digits of 24. TensorFlow looks once, when it is loaded.
  if (name === "@tensorflow/tfjs-node-gpu") process.env["NVIDIA_TF32_OVERRIDE"] ??= "0";
  const loaded = (await import(pathToFileURL(path).href)) as TensorFlow & { readonly default?: TensorFlow };
  return loaded.default ?? loaded;
}
