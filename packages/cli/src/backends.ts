import type { Backend } from "@mixtura/backend";

/** The names of `--backend`; "auto" leaves the choice to the estimator, which weighs the work. */
export type BackendName = "auto" | "reference" | "wasm" | "ml-matrix";

/** The backends of `--backend`, loaded when they are asked for. */
export const BACKENDS: Readonly<Record<BackendName, () => Promise<Backend | undefined>>> = {
  auto: async () => undefined,
  reference: async () => (await import("@mixtura/backend")).referenceBackend,
  wasm: async () => (await import("@mixtura/backend-wasm")).wasmBackend,
  "ml-matrix": async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend(),
};
