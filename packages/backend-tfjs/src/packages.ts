import { MixturaError } from "@mixtura/core";
import type { TfjsEngine } from "./engines.ts";
import { builtin, keepDigits } from "./node.ts";
import type { TensorFlowOperations } from "./tensorflow.ts";

/** Packages that TensorFlow.js comes as, the fastest first. */
export const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node", "@tensorflow/tfjs", "@tensorflow/tfjs-core"] as const;

/** A package that TensorFlow.js comes as. The last one has no engine of its own: those of its backend packages are loaded. */
export type TfjsPackage = (typeof PACKAGES)[number];

/** Engines that come as packages of their own. */
const ENGINE_PACKAGES: Readonly<Record<TfjsEngine, string | undefined>> = {
  cpu: "@tensorflow/tfjs-backend-cpu",
  wasm: "@tensorflow/tfjs-backend-wasm",
  webgl: "@tensorflow/tfjs-backend-webgl",
  webgpu: "@tensorflow/tfjs-backend-webgpu",
  tensorflow: undefined,
};

/**
 * Loads TensorFlow.js by the name of its package.
 *
 * @throws MixturaError `backend-unavailable` where it is not installed, or does not load
 */
export async function loadPackage(name: TfjsPackage): Promise<TensorFlowOperations> {
  if (name === "@tensorflow/tfjs-node-gpu") keepDigits();
  const loaded = (await load(name)) as TensorFlowOperations & { readonly default?: TensorFlowOperations };
  return typeof loaded.matMul === "function" || loaded.default === undefined ? loaded : loaded.default;
}

/**
 * Loads an engine that the namespace does not have yet. The engine's package registers itself with the copy of tfjs-core that it finds, which
 * has to be the namespace's own.
 *
 * @throws MixturaError `backend-unavailable`
 */
export async function loadEngine(tf: TensorFlowOperations, engine: TfjsEngine): Promise<void> {
  if (tf.findBackendFactory(engine) != null) return;
  const name = ENGINE_PACKAGES[engine];
  if (name === undefined) {
    throw unavailable(engine, `it comes with @tensorflow/tfjs-node only. Install that package and pass its namespace, or its name.`);
  }
  const loaded = await load(name);
  if (engine === "wasm") findWasmFiles(loaded, name);
  if (tf.findBackendFactory(engine) == null) {
    throw unavailable(
      engine,
      `${name} uses another copy of @tensorflow/tfjs-core than the namespace that was passed. Install one version of both.`,
    );
  }
}

interface WasmPackage {
  readonly setWasmPaths?: (folder: string) => void;
}

/** In Node the engine does not look for its binaries in its own package. */
function findWasmFiles({ setWasmPaths }: WasmPackage, name: string): void {
  const module = builtin<{ createRequire(from: string): { resolve(name: string): string } }>("node:module");
  if (module === undefined || setWasmPaths === undefined) return;
  const entry = module.createRequire(import.meta.url).resolve(name);
  setWasmPaths(entry.slice(0, -"tf-backend-wasm.node.js".length));
}

/** @throws MixturaError `backend-unavailable` with what to install */
async function load(name: string): Promise<object> {
  try {
    // Not for bundlers to look up: most programs have no TensorFlow.js.
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as object;
  } catch (error) {
    const { message = String(error) } = error as { message?: string };
    const isMissing = /^(Cannot find (package|module)|Could not resolve) /.test(message) && message.includes(name);
    const found = isMissing ? "is not installed" : `cannot be loaded (${message.split("\n")[0]!.replace(/\.$/, "")})`;
    throw new MixturaError(
      "backend-unavailable",
      `tfjsBackend: "${name}" ${found}. Run npm install ${name}; in a bundle, import it yourself and pass the namespace.`,
      { backend: name },
      { cause: error },
    );
  }
}

/** What an engine is missing. */
export function unavailable(engine: TfjsEngine, reason: string, cause?: unknown): MixturaError {
  return new MixturaError(
    "backend-unavailable",
    `tfjsBackend: the engine "${engine}" cannot be used: ${reason}`,
    { backend: `tfjs-${engine}` },
    cause === undefined ? undefined : { cause },
  );
}
