import type { Backend } from "@mixtura/backend";
import { defineBackend } from "@mixtura/backend";

/** A backend that counts the matrices uploaded to it and not yet released. */
export interface Ledger {
  readonly backend: Backend;
  /** Uploads that are alive now. */
  alive(): number;
}

/** The same backend, counting. */
export function keepLedger(backend: Backend): Ledger {
  const alive = new Set<unknown>();
  return {
    alive: () => alive.size,
    backend: defineBackend<unknown>({
      ...backend,
      async upload(m, options) {
        const handle = await backend.upload(m, options);
        alive.add(handle);
        return handle;
      },
      release(handle) {
        alive.delete(handle);
        backend.release(handle);
      },
    }),
  };
}
