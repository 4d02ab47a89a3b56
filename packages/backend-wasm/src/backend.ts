import type { Backend, GaussianKernels } from "@mixtura/backend";
import { defineBackend, referenceBackend } from "@mixtura/backend";
import type { Diagnostic } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { Engine } from "./engine.ts";
import { wasmKernels } from "./kernels.ts";
import type { WasmMatrix } from "./matrix.ts";
import type { CheckedWasmBackendOptions, WasmBackendOptions } from "./options.ts";
import { wasmBackendOptions } from "./options.ts";
import { wasmPrimitives } from "./primitives.ts";

/** What the WASM backend runs on. */
export interface WasmEngine {
  /** "relaxed" has fused multiply-add, "plain" has not; "reference" where WebAssembly could not be had. */
  readonly name: "relaxed" | "plain" | "reference";
  readonly threads: number;
  /** Why the reference kernels serve. */
  readonly reason?: string;
}

/**
 * A backend on WebAssembly.
 *
 * @see {@link createWasmBackend}
 */
export interface WasmBackend extends Backend<WasmMatrix> {
  /** What this engine and machine allow; compiles the binary if that was not done yet. */
  engine(): Promise<WasmEngine>;
  /** Ends its workers. It can still be used, and starts new ones when they pay. */
  close(): Promise<void>;
}

/**
 * A backend whose passes run in WebAssembly with SIMD, in float64, on several threads where that pays. Nothing is compiled or started before
 * the first data comes. Where WebAssembly or its SIMD is missing or forbidden, the reference kernels serve instead.
 *
 * The same rows give the same bits for any number of threads.
 *
 * @throws MixturaError `invalid-option`, `unknown-option`
 *
 * @remarks Uploaded rows lie in a WebAssembly memory, which ends at 4 GiB: beyond, `upload` rejects with `backend-unavailable`.
 * @example
 * ```ts run
 * const backend = createWasmBackend({ threads: 1, deterministic: true });
 * const data = await backend.upload({ data: Float64Array.of(-1, 0, 9, 10), rows: 4, columns: 1 });
 * const components = gaussianComponents({
 *   weights: Float64Array.of(0.5, 0.5),
 *   means: Float64Array.of(0, 9),
 *   shape: "spherical",
 *   shared: true,
 *   whitening: Float64Array.of(1),
 * });
 * await backend.kernels.labels(data, components) // => Int32Array.of(0, 0, 1, 1)
 * await backend.engine() // => { name: "plain", threads: 1 }
 * backend.release(data);
 * ```
 */
export function createWasmBackend(options: WasmBackendOptions = {}): WasmBackend {
  const { threads, deterministic, module } = checkOptions(
    "createWasmBackend",
    wasmBackendOptions,
    options,
  ) as unknown as CheckedWasmBackendOptions;
  let reason: string | undefined;
  let engine: Promise<Engine | undefined> | undefined;
  const engineOf = (): Promise<Engine | undefined> => {
    engine ??= Engine.create({ threads, deterministic, module }).catch((error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
      return undefined;
    });
    return engine;
  };
  const fast = wasmKernels(async () => (await engineOf())!);
  const kernel = <K extends keyof GaussianKernels<WasmMatrix>>(name: K): GaussianKernels<WasmMatrix>[K] => {
    const call = async (data: WasmMatrix, ...rest: unknown[]): Promise<unknown> => {
      const on = (await engineOf()) === undefined ? referenceBackend.kernels[name] : fast[name];
      const rows = on === fast[name] ? data : data.host!;
      return (on as (...parameters: unknown[]) => Promise<unknown>)(rows, ...rest);
    };
    return call as GaussianKernels<WasmMatrix>[K];
  };
  // What the definition brings beside the contract stays on the backend.
  const definition = {
    ...wasmPrimitives(engineOf),
    kernels: {
      expectation: kernel("expectation"),
      moments: kernel("moments"),
      logDensities: kernel("logDensities"),
      responsibilities: kernel("responsibilities"),
      labels: kernel("labels"),
      squaredMahalanobis: kernel("squaredMahalanobis"),
      potentials: kernel("potentials"),
      nearestCentroid: kernel("nearestCentroid"),
    },
    diagnostics(): readonly Diagnostic[] {
      if (reason === undefined) return [];
      const message = `WebAssembly could not be used (${reason}); the plain TypeScript kernels served, which take several times as long.`;
      return [{ code: "backend-fell-back", severity: "info", message, detail: { backend: "wasm", reason } }];
    },
    async engine(): Promise<WasmEngine> {
      const running = await engineOf();
      if (running === undefined) return { name: "reference", threads: 1, reason: reason! };
      return { name: running.fused ? "relaxed" : "plain", threads: running.threads };
    },
    async close(): Promise<void> {
      if (engine !== undefined) (await engine)?.close();
    },
  };
  return defineBackend(definition) as WasmBackend;
}

/**
 * The WASM backend with its default options, for all who need no other.
 *
 * @example
 * ```ts run
 * wasmBackend.name // => "wasm"
 * wasmBackend.precision // => "float64"
 * ```
 */
export const wasmBackend: WasmBackend = /* @__PURE__ */ createWasmBackend();
