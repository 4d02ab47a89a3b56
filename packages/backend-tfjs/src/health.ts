import type { TfjsEngine } from "./engines.ts";

/** Whether a device is still there. */
export interface Health {
  /** Why it was lost; undefined while it is there. */
  lost(): string | undefined;
  /** Calls back when it is lost; returns what stops that. */
  onLoss(callback: () => void): () => void;
}

interface WebGpuEngine {
  readonly device?: { readonly lost?: Promise<{ readonly reason?: string; readonly message?: string }> };
}

interface WebGlEngine {
  readonly gpgpu?: { readonly gl?: WebGlContext };
}

interface WebGlContext {
  isContextLost(): boolean;
  readonly canvas?: { addEventListener?(event: "webglcontextlost", handler: () => void): void };
}

/**
 * Watches the device of an engine. Graphics devices are lost when a driver restarts, a machine sleeps or a page holds too many contexts.
 *
 * @param backend what TensorFlow.js made for the engine
 */
export function watch(engine: TfjsEngine, backend: unknown): Health {
  let reason: string | undefined;
  const callbacks = new Set<() => void>();
  const lose = (why: string): void => {
    reason ??= why;
    for (const callback of callbacks) callback();
    callbacks.clear();
  };
  const gl = engine === "webgl" ? (backend as WebGlEngine).gpgpu?.gl : undefined;
  gl?.canvas?.addEventListener?.("webglcontextlost", () => lose("its WebGL context was lost"));
  if (engine === "webgpu") {
    void (backend as WebGpuEngine).device?.lost?.then(({ reason: why, message }) => lose(message || why || "its WebGPU device was lost"));
  }
  return {
    lost() {
      // The event comes a turn of the event loop after the loss.
      if (reason === undefined && gl?.isContextLost() === true) lose("its WebGL context was lost");
      return reason;
    },
    onLoss(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
