import { MixturaError } from "@mixtura/core";
import { checkOptions, show } from "@mixtura/core/authoring";
import { abortable } from "@mixtura/core/internal";
import type { TfjsBackend } from "./backend.ts";
import { createBackend } from "./backend.ts";
import { createDevice } from "./device.ts";
import type { TfjsEngine } from "./engines.ts";
import { ENGINES } from "./engines.ts";
import { watch } from "./health.ts";
import { mendUtil } from "./node.ts";
import type { TfjsBackendOptions } from "./options.ts";
import { tfjsBackendOptions } from "./options.ts";
import type { TfjsPackage } from "./packages.ts";
import { loadEngine, loadPackage, PACKAGES, unavailable } from "./packages.ts";
import type { TensorFlowOperations, TensorFlow } from "./tensorflow.ts";

/**
 * A backend on TensorFlow.js, in float32, on any of its engines.
 *
 * Estimators standardise or whiten the rows before they hand them over, estimate the error of every pass, and make a pass in float64 where it is
 * too large; `trace.diagnostics` says how it went.
 *
 * @param tf the namespace (`import * as tf from "@tensorflow/tfjs"`), or the name of an installed package to load
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `backend-unavailable` (a package that is missing, an engine that does
 *   not start), `aborted`
 * @remarks The engine that was active before stays active: yours and this backend's need not be the same.
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * const backend = await tfjsBackend(tf, { engine: "webgl" });
 * const model = await new GaussianMixture({
 *   nComponents: 3,
 *   backend,
 * }).fit(rows);
 * ```
 */
export async function tfjsBackend(tf: TensorFlow | TfjsPackage, options: TfjsBackendOptions = {}): Promise<TfjsBackend> {
  const { engine: wanted, signal } = checkOptions("tfjsBackend", tfjsBackendOptions, options);
  return abortable(open(tf, wanted), signal);
}

async function open(given: TensorFlow | TfjsPackage, wanted: TfjsEngine | undefined): Promise<TfjsBackend> {
  const tf = typeof given === "string" ? await loadPackage(checkPackage(given)) : checkNamespace(given);
  const before = tf.getBackend() as string | undefined;
  if (wanted !== undefined) await loadEngine(tf, wanted);
  else if (given === "@tensorflow/tfjs-core") await loadEngine(tf, "cpu");
  const engine = wanted ?? (await activeEngine(tf));
  if (engine === "tensorflow") mendUtil();
  const backend = await started(tf, engine);
  const device = createDevice(tf, engine, watch(engine, backend));
  quiet(backend);
  if (engine === "webgl") device.run(() => requireFloat32(tf));
  if (before !== undefined && before !== engine) await tf.setBackend(before);
  return createBackend(device);
}

/** The engine that TensorFlow.js has active, or chooses now. */
async function activeEngine(tf: TensorFlowOperations): Promise<TfjsEngine> {
  try {
    await tf.ready();
  } catch (error) {
    throw unavailable(
      "cpu",
      `TensorFlow.js found none that starts (${wordsOf(error)}). Import one, such as @tensorflow/tfjs-backend-wasm.`,
      error,
    );
  }
  const name = tf.getBackend();
  if (name in ENGINES) return name as TfjsEngine;
  throw new MixturaError(
    "not-supported",
    `tfjsBackend: the engine "${name}" is not known here. Known are ${Object.keys(ENGINES).join(", ")}.`,
    {
      feature: `engine ${name}`,
    },
  );
}

/** Starts an engine and gives what TensorFlow.js made for it. */
async function started(tf: TensorFlowOperations, engine: TfjsEngine): Promise<unknown> {
  const remedy = "Try another engine, or a float64 backend such as wasm.";
  let isActive: boolean;
  try {
    isActive = await tf.setBackend(engine);
  } catch (error) {
    throw unavailable(engine, `it did not start (${wordsOf(error)}). ${remedy}`, error);
  }
  if (!isActive) throw unavailable(engine, `it did not start on this machine. ${remedy}`);
  return tf.backend();
}

/** Some devices draw in half precision only, which loses all but three digits. */
function requireFloat32(tf: TensorFlowOperations): void {
  if (tf.env().getBool("WEBGL_RENDER_FLOAT32_CAPABLE")) return;
  throw unavailable("webgl", "this device computes in half precision. Use the engine wasm, or a float64 backend.");
}

/** The engine in JavaScript greets users of Node with an advertisement when it is first used. */
function quiet(backend: unknown): void {
  const greeting = backend as { firstUse?: boolean };
  if (greeting.firstUse === true) greeting.firstUse = false;
}

function checkPackage(name: TfjsPackage): TfjsPackage {
  if (PACKAGES.includes(name)) return name;
  throw new MixturaError("invalid-option", `tfjsBackend: ${show(name)} is no package of TensorFlow.js. Known are ${PACKAGES.join(", ")}.`, {
    option: "tf",
    found: name,
  });
}

function checkNamespace(given: TensorFlow): TensorFlowOperations {
  const tf = given as Partial<TensorFlow> | null | undefined;
  if (typeof tf === "object" && tf !== null && typeof tf.matMul === "function" && typeof tf.setBackend === "function")
    return given as unknown as TensorFlowOperations;
  throw new MixturaError(
    "invalid-option",
    `tfjsBackend: expected the namespace of TensorFlow.js (import * as tf from "@tensorflow/tfjs") or the name of a package, found ${show(given)}.`,
    { option: "tf", found: given },
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
