import { checkOptions } from "@mixtura/core/authoring";
import type { WasmBackend } from "./assemble.ts";
import { assembleBackend } from "./assemble.ts";
import type { WasmBackendOptions } from "./options.ts";
import { wasmBackendOptions } from "./options.ts";

/**
 * A backend whose passes run in WebAssembly with SIMD, in float64, on several threads where that pays. Nothing is compiled or started before
 * the first data comes. Where WebAssembly or its SIMD is missing or forbidden, the reference kernels serve instead.
 *
 * The same rows give the same bits for any number of threads.
 *
 * @throws MixturaError `invalid-option`, `unknown-option`
 *
 * @remarks Uploaded rows lie in a WebAssembly memory, which ends at 4 GiB: beyond, `upload` rejects with `backend-unavailable`.
 * @example
 * ```ts run
 * const backend = createWasmBackend({ threads: 1, deterministic: true });
 * const data = await backend.upload({
 *   data: Float64Array.of(-1, 0, 9, 10),
 *   rows: 4,
 *   columns: 1,
 * });
 * const components = gaussianComponents({
 *   weights: Float64Array.of(0.5, 0.5),
 *   means: Float64Array.of(0, 9),
 *   shape: "spherical",
 *   shared: true,
 *   whitening: Float64Array.of(1),
 * });
 * await backend.kernels.labels(data, components)
 * // => Int32Array.of(0, 0, 1, 1)
 * await backend.engine() // => { name: "plain", threads: 1 }
 * backend.release(data);
 * ```
 */
export function createWasmBackend(options: WasmBackendOptions = {}): WasmBackend {
  return assembleBackend(checkOptions("createWasmBackend", wasmBackendOptions, options));
}
