import type { Backend, GaussianKernels } from "@mixtura/backend";
import { completeBackend, referenceBackend } from "@mixtura/backend/complete";
import type { Diagnostic } from "@mixtura/core";
import { Engine } from "./engine.ts";
import { wasmKernels } from "./kernels.ts";
import type { WasmMatrix } from "./matrix.ts";
import type { CheckedWasmBackendOptions } from "./options.ts";
import { wasmPrimitives } from "./primitives.ts";

/** What the WASM backend runs on. */
export interface WasmEngine {
  /** "relaxed" has fused multiply-add, "plain" has not; "reference" where WebAssembly could not be had. */
  readonly name: "relaxed" | "plain" | "reference";
  readonly threads: number;
  /** Why the reference kernels serve. */
  readonly reason?: string;
}

/** A backend on WebAssembly. */
export interface WasmBackend extends Backend<WasmMatrix> {
  /** What this engine and machine allow; compiles the binary if that was not done yet. */
  engine(): Promise<WasmEngine>;
  /** Ends its workers. It can still be used, and starts new ones when they pay. */
  close(): Promise<void>;
}

/** The backend of options that were checked: what asks for none but the defaults does without the checking. */
export function assembleBackend({ threads, deterministic, module }: CheckedWasmBackendOptions): WasmBackend {
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
  return completeBackend(definition) as WasmBackend;
}
