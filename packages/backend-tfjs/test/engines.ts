import { createRequire } from "node:module";
import type { TensorFlow, TfjsBackend, TfjsEngine } from "../src/index.ts";
import { tfjsBackend } from "../src/index.ts";
import * as core from "@tensorflow/tfjs-core";

/** An engine that runs here, and how to make a backend on it. */
export interface PresentEngine {
  readonly engine: TfjsEngine;
  /** Tensors that are alive now, on all engines of the namespace. */
  readonly liveTensors: () => number;
  readonly create: () => Promise<TfjsBackend>;
}

/** The folder of @tensorflow/tfjs-node with its addon built: scripts/tfjs-node-from-wheel.mjs names it. */
export const NATIVE = process.env["MIXTURA_TFJS_NODE"];

/** The engines in JavaScript and WebAssembly, which are always here; the native one where MIXTURA_TFJS_NODE says where it is. */
export const engines: readonly PresentEngine[] = [
  onCore("wasm"),
  onCore("cpu"),
  ...(NATIVE === undefined ? [] : [onNamespace(createRequire(import.meta.url)(NATIVE) as TensorFlow, "tensorflow")]),
];

function onCore(engine: "wasm" | "cpu"): PresentEngine {
  return onNamespace(core, engine);
}

function onNamespace(tf: TensorFlow, engine: TfjsEngine): PresentEngine {
  return { engine, liveTensors: () => tf.memory().numTensors, create: () => tfjsBackend(tf, { engine }) };
}
