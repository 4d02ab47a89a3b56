import { isMixturaError, MixturaError } from "@mixtura/core";
import { abortable } from "@mixtura/core/internal";
import type { EngineTraits, TfjsEngine } from "./engines.ts";
import { ENGINES } from "./engines.ts";
import type { Health } from "./health.ts";
import type { TensorFlowOperations, TfTensor } from "./tensorflow.ts";

/** An engine of TensorFlow.js that has started. */
export interface Device {
  readonly tf: TensorFlowOperations;
  /** "tfjs-wasm" */
  readonly name: string;
  readonly engine: TfjsEngine;
  readonly traits: EngineTraits;
  /** Runs synchronous work on this engine, and restores the engine that was active before. */
  readonly run: <T>(work: () => T) => T;
  /** The same, and frees every tensor that the work makes and does not return. */
  tidy<T>(work: () => T): T;
  /** A tensor's numbers. The wait ends when the signal is aborted or the device is lost. */
  read(tensor: TfTensor, signal: AbortSignal | undefined): Promise<ArrayLike<number>>;
}

/** An engine that was started before. */
export function createDevice(tf: TensorFlowOperations, engine: TfjsEngine, health: Health): Device {
  const name = `tfjs-${engine}`;
  const lost = (): MixturaError =>
    new MixturaError(
      "device-lost",
      `${name}: the device was lost (${health.lost()}). Make a new backend, or use a float64 one such as wasm.`,
      {
        backend: name,
      },
    );
  const check = (): void => {
    if (health.lost() !== undefined) throw lost();
  };
  /** Wraps an error of the engine in ours: with our code, the remedy, and the engine's message. */
  const translated = (error: unknown): unknown => {
    if (isMixturaError(error)) return error;
    if (health.lost() !== undefined) return lost();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${name}: TensorFlow.js failed: ${reason.replace(/\.?$/, ".")} Use fewer rows at a time, or another backend.`;
    return new MixturaError("backend-unavailable", message, { backend: name }, { cause: error });
  };
  const device: Device = {
    tf,
    name,
    engine,
    traits: ENGINES[engine],
    run(work) {
      check();
      const before = tf.getBackend();
      // An engine that has started is active at once; the promise is for those that have not.
      if (before !== engine) void tf.setBackend(engine);
      try {
        return work();
      } catch (error) {
        throw translated(error);
      } finally {
        if (before !== engine) void tf.setBackend(before);
      }
    },
    tidy: <T>(work: () => T): T => device.run(() => tf.tidy(work) as T),
    async read(tensor, signal) {
      check();
      try {
        const values = await abortable(orLost(tensor.data(), health), signal);
        check(); // a lost context can give zeros instead of an error
        return values;
      } catch (error) {
        throw translated(error);
      }
    },
  };
  return device;
}

/** What is read from a device, or an error once it is lost: a read from a lost device may never end. */
function orLost<T>(result: Promise<T>, health: Health): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = health.onLoss(() => reject(new Error("the device was lost")));
    void result.then(resolve, reject).finally(stop);
  });
}
