// An entry of its own, for programs that load the backend by `import()`: they do without the checking of its options.
import type { WasmBackend } from "./assemble.ts";
import { assembleBackend } from "./assemble.ts";

/**
 * The WASM backend with its default options, for all who need no other.
 *
 * @example
 * ```ts run
 * wasmBackend.name // => "wasm"
 * wasmBackend.precision // => "float64"
 * ```
 */
export const wasmBackend: WasmBackend = /* @__PURE__ */ assembleBackend({ deterministic: false });
