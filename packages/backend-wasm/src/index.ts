export type { WasmBackend, WasmEngine } from "./assemble.ts";
export { createWasmBackend } from "./backend.ts";
export { wasmBackend } from "./default.ts";
export type { WasmBackendOptions } from "./options.ts";
