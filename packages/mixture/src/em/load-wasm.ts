import type { FastBackendModule } from "@mixtura/backend/rows";

/** Loads the WASM backend when it is first wanted. */
export const loadWasm = (): Promise<FastBackendModule> => import("@mixtura/backend-wasm/default");
