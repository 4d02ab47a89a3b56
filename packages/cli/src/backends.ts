import type { Backend } from "@mixtura/backend";

/** The backends of `--backend`, loaded when they are asked for. */
export const BACKENDS = {
  reference: async () => (await import("@mixtura/backend")).referenceBackend as Backend,
  "ml-matrix": async () => (await import("@mixtura/backend-ml-matrix")).mlMatrixBackend as Backend,
} as const;

/** Loads a backend by its name. */
export function findBackend(name: keyof typeof BACKENDS): Promise<Backend> {
  return BACKENDS[name]();
}
