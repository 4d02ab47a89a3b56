// What the page of browser.test.ts runs; the test bundles it with all that it imports.
import { tfjsBackend } from "@mixtura/backend-tfjs";
import { isMixturaError } from "@mixtura/core";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { runBackendLaws } from "@mixtura/testing";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";

/** @typedef {"webgl" | "webgpu"} Engine */

/** What a page can be asked for. @typedef {typeof tasks} Tasks */
const tasks = {
  /** The laws of backends on an engine: those listed, or all. @param {{ engine: Engine, only?: readonly string[] }} wanted */
  async laws({ engine, only }) {
    const create = () => tfjsBackend(tf, { engine });
    const liveHandles = () => tf.memory().numTensors;
    return runBackendLaws({ name: `tfjs ${engine}`, precision: "float32", create, liveHandles, onCallingThread: false }, only && { only });
  },

  /** Fits from given starts, and tensors alive before and after. @param {{ engine: Engine, rows: number[][], means: number[][] }} problem */
  async fits({ engine, rows, means }) {
    const backend = await tfjsBackend(tf, { engine });
    const before = tf.memory().numTensors;
    const mixture = await new GaussianMixture({ nComponents: means.length, meansInit: means, acceleration: "none", backend }).fit(rows);
    const labels = await mixture.predict(rows);
    const clusters = await new KMeans({ nClusters: means.length, init: means, backend }).fit(rows);
    return {
      backend: mixture.trace.backend,
      diagnostics: mixture.trace.diagnostics.map(({ code }) => code),
      logLikelihood: mixture.logLikelihood,
      means: [...mixture.means.data],
      labels: [...labels],
      inertia: clusters.inertia,
      tensors: tf.memory().numTensors - before,
    };
  },

  /** A fit during which the device goes away, and what a pass says afterwards. @param {{ engine: Engine, rows: number[][] }} problem */
  async loss({ engine, rows }) {
    const backend = await tfjsBackend(tf, { engine });
    const handle = await backend.upload({ data: Float64Array.of(1, 2), rows: 2, columns: 1 });
    let iterations = 0;
    const model = await new GaussianMixture({ nComponents: 3, randomState: 1, tol: 0, maxIter: 6, backend }).fit(rows, {
      onProgress({ iteration }) {
        iterations = iteration;
        if (iteration === 2) lose(engine);
      },
    });
    const code = await backend.download(handle).then(
      () => "a result",
      (/** @type {unknown} */ error) => (isMixturaError(error) ? error.code : String(error)),
    );
    const notes = model.trace.diagnostics.map(({ code: found, detail }) => `${found}: ${String(detail?.["reason"] ?? "")}`);
    return { iterations, logLikelihood: model.logLikelihood, code, notes };
  },
};

/** Takes the device away, as a driver that restarts does. @param {Engine} engine */
function lose(engine) {
  const active = tf.getBackend();
  void tf.setBackend(engine);
  const device = /** @type {any} */ (tf.backend());
  void tf.setBackend(active);
  if (engine === "webgl") device.gpgpu.gl.getExtension("WEBGL_lose_context").loseContext();
  else device.device.destroy();
}

Object.assign(globalThis, { tasks });
