import type { CheckedOptions, DeclarationsOf } from "@mixtura/core";
import type { WasmModule } from "./webassembly.ts";

/** How the WASM backend is set up. */
export interface WasmBackendOptions {
  /** Threads, the calling one included. Default: as many as the machine runs at once, 8 at most; 1 where memory cannot be shared. */
  threads?: number;
  /** Gives the same bits on every engine: no fused multiply-add. Default false. */
  deterministic?: boolean;
  /**
   * The binary as a compiled module, for runtimes that compile `.wasm` imports themselves and nothing else: the import of
   * `@mixtura/backend-wasm/plain.wasm` or `…/relaxed.wasm` there.
   */
  module?: WasmModule;
}

/** The options after checking. */
export type CheckedWasmBackendOptions = CheckedOptions<WasmBackendOptions, typeof wasmBackendOptions>;

/** The options of createWasmBackend, declared once. */
export const wasmBackendOptions = {
  threads: {
    range: { kind: "integer", minimum: 1 },
    description: "Threads, the calling one included; absent, as many as the machine runs at once, 8 at most.",
  },
  deterministic: {
    range: { kind: "boolean" },
    default: false,
    description: "Gives the same bits on every engine: no fused multiply-add.",
  },
  module: {
    range: { kind: "other", words: "a compiled WebAssembly module", accepts: (value) => typeof value === "object" && value !== null },
    description: "The binary, compiled already.",
    flag: false,
  },
} satisfies DeclarationsOf<WasmBackendOptions>;
