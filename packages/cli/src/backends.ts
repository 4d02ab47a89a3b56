import type { Backend } from "@mixtura/backend";

/** The names of `--backend`. */
export type BackendName = "reference" | "ml-matrix";

/** The backends of `--backend`, loaded when they are asked for. */
export const BACKENDS: Readonly<Record<BackendName, () => Promise<Backend>>> = {
  reference: async () => (await import("@mixtura/backend")).referenceBackend,
  "ml-matrix": async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend(),
};
