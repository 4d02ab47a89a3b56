import type { Accelerated, Backend, GaussianKernels } from "@mixtura/backend";
import { completeBackend, referenceBackend, routeKernels } from "@mixtura/backend/internal/kernels";
import type { Diagnostic } from "@mixtura/core";
import { Engine } from "./engine.ts";
import { wasmKernels } from "./kernels.ts";
import type { WasmMatrix } from "./matrix.ts";
import type { CheckedWasmBackendOptions } from "./options.ts";
import { TERMS } from "./parameters.ts";
import { hostOf, wasmPrimitives } from "./primitives.ts";
import { SUMS } from "./sums.ts";

/** What the WASM backend runs on. */
export interface WasmEngine {
  /** "relaxed" has fused multiply-add, "plain" has not; "reference" where WebAssembly is unavailable. */
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

/** What the binary was written for. */
const accelerates = {
  shapes: Object.keys(TERMS) as (keyof typeof TERMS)[],
  scatters: Object.keys(SUMS) as (keyof typeof SUMS)[],
  radials: ["gaussian"],
} as const satisfies Accelerated;

const { kernels: reference } = referenceBackend;

/** The reference kernels on rows taken out of WebAssembly memory: they serve where there is no engine, and for what it was not written for. */
const plainKernels: GaussianKernels<WasmMatrix> = {
  expectation: (data, ...rest) => reference.expectation(hostOf(data), ...rest),
  moments: (data, ...rest) => reference.moments(hostOf(data), ...rest),
  logDensities: (data, ...rest) => reference.logDensities(hostOf(data), ...rest),
  responsibilities: (data, ...rest) => reference.responsibilities(hostOf(data), ...rest),
  labels: (data, ...rest) => reference.labels(hostOf(data), ...rest),
  squaredMahalanobis: (data, ...rest) => reference.squaredMahalanobis(hostOf(data), ...rest),
  potentials: (data, ...rest) => reference.potentials(hostOf(data), ...rest),
  nearestCentroid: (data, ...rest) => reference.nearestCentroid(hostOf(data), ...rest),
};

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
  const fast = routeKernels(
    wasmKernels(async () => (await engineOf())!),
    accelerates,
    plainKernels,
  );
  const kernel = <K extends keyof GaussianKernels<WasmMatrix>>(name: K): GaussianKernels<WasmMatrix>[K] => {
    const call = async (data: WasmMatrix, ...rest: unknown[]): Promise<unknown> => {
      const { [name]: on } = (await engineOf()) === undefined ? plainKernels : fast;
      return (on as (...parameters: unknown[]) => Promise<unknown>)(data, ...rest);
    };
    return call as GaussianKernels<WasmMatrix>[K];
  };
  const definition = {
    ...wasmPrimitives(engineOf),
    accelerates,
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
