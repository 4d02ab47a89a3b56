import type { Diagnostic } from "@mixtura/core";
import type { Backend } from "../contract.ts";

/**
 * Multiply-adds above which the WASM backend repays its start, roughly: the plain kernels take some tens of milliseconds for this much, loading
 * and compiling the backend about ten.
 */
const LEAST_WORK = 4e7;

/** Multiply-adds per row and component on top of those of its matrix: mainly the exponential. */
export const WORK_PER_PAIR = 40;

/** The part of the WASM backend's module that is needed to choose it. */
export interface FastBackendModule {
  readonly wasmBackend: Backend & { engine(): Promise<{ readonly name: string }> };
}

/** What came of looking for something faster than the plain kernels. */
export interface FastBackend {
  /** Absent where there is too little work for it, or where it is unavailable. */
  readonly backend?: Backend;
  /** Why it is unavailable. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The WASM backend, loaded when the work first pays for it.
 *
 * @param work multiply-adds that the caller is about to ask for, roughly
 * @param load `() => import("@mixtura/backend-wasm/default")`: this package knows no backend but its own
 */
export async function fastBackend(work: number, load: () => Promise<FastBackendModule>): Promise<FastBackend> {
  if (!(work >= LEAST_WORK)) return { diagnostics: [] };
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
