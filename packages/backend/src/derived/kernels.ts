import type { GaussianKernels, Primitives } from "../contract.ts";
import { expectationKernel } from "./expectation.ts";
import { momentsKernel } from "./moments.ts";
import { outputKernels } from "./outputs.ts";
import { potentialsKernel } from "./potentials.ts";

/**
 * All kernels of the contract, made only of a backend's primitives.
 *
 * Rows are walked in spans that never cross a chunk. Arithmetic over rows stays on the device and every intermediate handle is freed; sums
 * over chunks are made on the host in float64, in order. Results agree with the reference backend within the device's precision.
 *
 * @example
 * ```ts run
 * const kernels = deriveKernels(referenceBackend);
 * const components = gaussianComponents({
 *   weights: Float64Array.of(1),
 *   means: Float64Array.of(1),
 *   shape: "full",
 *   shared: false,
 *   whitening: Float64Array.of(1),
 * });
 * const data = await referenceBackend.upload(
 *   matrix(Float64Array.of(0, 2, 4), 3, 1),
 * );
 * const { s0, s1, S2 } = await kernels.expectation(data, components, {
 *   centres: components.means,
 *   scatter: "full",
 *   assignment: "soft",
 * });
 * [s0, s1, S2] // => [[3], [3], [11]]
 * ```
 */
export function deriveKernels<H>(primitives: Primitives<H>): GaussianKernels<H> {
  return {
    expectation: expectationKernel(primitives),
    moments: momentsKernel(primitives),
    ...outputKernels(primitives),
    potentials: potentialsKernel(primitives),
  };
}
