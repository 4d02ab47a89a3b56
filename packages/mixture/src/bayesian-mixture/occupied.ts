import type { GaussianComponents } from "@mixtura/backend";
import { CHUNK_ROWS } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";

/** A component with more rows than this holds at least one with certainty, one with fewer than the other holds none: to 1e-12 each. */
const CERTAIN = 28;
const NONE = 1e-12;

/**
 * The expected number of components that hold a row, Σₖ (1 − ∏ (1 − rᵢₖ)), where rows are shared as the components share them.
 *
 * @param masses rows of each component, Σ r; where they leave no doubt no pass is made
 * @remarks One pass over the rows; nothing of size n×k is kept.
 */
export async function occupiedComponents<H>(
  rows: RowSet<H>,
  components: GaussianComponents,
  masses: Float64Array,
  pace: Pace,
): Promise<number> {
  const { count } = components;
  const doubtful = Array.from(masses.keys()).filter((k) => masses[k]! > NONE && masses[k]! < CERTAIN);
  const certain = masses.filter((mass) => mass >= CERTAIN).length;
  if (doubtful.length === 0) return certain;
  /** log of the probability that no row is the component's. */
  const empty = new Float64Array(count);
  const { backend } = rows;
  for await (const { handle, rows: held, rowWeights } of rows.chunks()) {
    for (let start = 0; start < held; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, held);
      const part = start === 0 && end === held ? handle : backend.sliceRows(handle, start, end);
      try {
        const shares = await backend.kernels.responsibilities(part, components, { pace });
        for (let i = start; i < end; i++) {
          const weight = rowWeights === undefined ? 1 : rowWeights[i]!;
          if (weight === 0) continue;
          for (const k of doubtful) empty[k]! += weight * Math.log1p(-shares[(i - start) * count + k]!);
        }
      } finally {
        if (part !== handle) backend.release(part);
      }
    }
  }
  return doubtful.reduce((sum, k) => sum - Math.expm1(empty[k]!), certain);
}
