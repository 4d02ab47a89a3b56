import { routeKernels } from "./accelerated.ts";
import { completeBackend } from "./complete-backend.ts";
import type { Backend, BackendDefinition } from "./contract.ts";
import { deriveKernels } from "./derived/kernels.ts";

/**
 * Makes a backend of its primitives: kernels that the definition does not bring are derived from them, and so are those for shapes and scatters
 * that it does not list as accelerated.
 *
 * @example
 * ```ts run
 * // Primitives borrowed from another backend; without its fused kernels
 * // all of them are derived.
 * const {
 *   kernels: _kernels,
 *   matrix: _matrix,
 *   contractVersion: _version,
 *   ...primitives
 * } = referenceBackend;
 * const backend = defineBackend({ ...primitives, name: "mine" });
 * const data = await backend.upload(matrix(Float64Array.of(1, 9), 2, 1));
 * await backend.kernels.labels(
 *   data,
 *   centroidComponents(Float64Array.of(0, 10), 2),
 * ) // => [0, 1]
 * ```
 */
export function defineBackend<H>(definition: BackendDefinition<H>): Backend<H> {
  const { kernels: own, accelerates } = definition;
  const derived = deriveKernels(definition);
  const kernels = { ...derived, ...own };
  return completeBackend({ ...definition, kernels: accelerates === undefined ? kernels : routeKernels(kernels, accelerates, derived) });
}
