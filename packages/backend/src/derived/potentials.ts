import { CHUNK_ROWS } from "../contract.ts";
import type { GaussianKernels, Primitives } from "../contract.ts";
import { walkDistances } from "./outputs.ts";

/** What candidates leave of the potential, from primitives: distances are downloaded span by span, and sums made on the host in float64. */
export function potentialsKernel<H>(device: Primitives<H>): GaussianKernels<H>["potentials"] {
  return async (data, candidates, options) => {
    const { count } = candidates;
    const [rows] = device.shape(data);
    const total = new Float64Array(count);
    const chunk = new Float64Array(count);
    const same = (distances: H): H => distances;
    await walkDistances(device, data, candidates, options, same, (found, start) => {
      for (let p = 0, at = 0; p < found.rows; p++) {
        const potential = options.potentials[start + p]!;
        const weight = options.rowWeights === undefined ? 1 : options.rowWeights[start + p]!;
        for (let k = 0; k < count; k++, at++) {
          const square = found.data[at]!;
          if (weight > 0) chunk[k]! += weight * (square < potential ? square : potential);
        }
      }
      const end = start + found.rows;
      if (end !== rows && end % CHUNK_ROWS !== 0) return;
      chunk.forEach((sum, k) => (total[k]! += sum));
      chunk.fill(0);
    });
    return total;
  };
}
