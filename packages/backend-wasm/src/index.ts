export type { WasmBackend, WasmEngine } from "./backend.ts";
export { createWasmBackend, wasmBackend } from "./backend.ts";
export type { WasmBackendOptions } from "./options.ts";
export type { WasmMatrix } from "./matrix.ts";
