import type { Diagnostic } from "@mixtura/core";
import type { Backend } from "../contract.ts";

/**
 * Multiply-adds from which the WASM backend is worth its start, roughly: the plain kernels take some tens of milliseconds for this much, loading
 * and compiling the backend about ten.
 */
const WORTH = 4e7;

/** Multiply-adds that a component costs per row beside those of its matrix: the exponential and its company. */
export const WORK_PER_PAIR = 40;

/** The part of the WASM backend's module that is needed to choose it. */
export interface FastBackendModule {
  readonly wasmBackend: Backend & { engine(): Promise<{ readonly name: string }> };
}

/** What came of looking for something faster than the plain kernels. */
export interface FastBackend {
  /** Absent where the work is too little for it, or where it cannot be had. */
  readonly backend?: Backend;
  /** Why it could not be had. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The WASM backend, loaded when the work first pays for it.
 *
 * @param work multiply-adds that the caller is about to ask for, roughly
 * @param load `() => import("@mixtura/backend-wasm/default")`: this package knows no backend but its own
 */
export async function fastBackend(work: number, load: () => Promise<FastBackendModule>): Promise<FastBackend> {
  if (!(work >= WORTH)) return { diagnostics: [] };
  try {
    const { wasmBackend } = await load();
    if ((await wasmBackend.engine()).name === "reference") return { diagnostics: wasmBackend.diagnostics?.() ?? [] };
    return { backend: wasmBackend, diagnostics: [] };
  } catch (error) {
    // A bundle or a content-security policy without it: the plain kernels do the same, slower.
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The WASM backend could not be loaded (${reason}); the plain TypeScript kernels served, which take several times as long.`;
    return { diagnostics: [{ code: "backend-fell-back", severity: "info", message, detail: { backend: "wasm", reason } }] };
  }
}
