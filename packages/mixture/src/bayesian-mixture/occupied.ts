import type { GaussianComponents } from "@mixtura/backend";
import type { Passes } from "@mixtura/backend/internal/rows";
import { sumOf } from "@mixtura/backend/internal/rows";

/** A component with more rows than this holds at least one with certainty, one with fewer than the other holds none: to 1e-12 each. */
const CERTAIN = 28;
const NONE = 1e-12;

/**
 * The expected number of components that hold a row, Σₖ (1 − ∏ (1 − rᵢₖ)), under the components' responsibilities rᵢₖ.
 *
 * @param masses rows of each component, Σ r; where they leave no doubt no pass is made
 * @remarks One pass over the rows; nothing of size n×k is kept.
 */
export async function occupiedComponents(rows: Passes, components: GaussianComponents, masses: Float64Array): Promise<number> {
  const doubtful = Array.from(masses.keys()).filter((k) => masses[k]! > NONE && masses[k]! < CERTAIN);
  const certain = masses.filter((mass) => mass >= CERTAIN).length;
  if (doubtful.length === 0) return certain;
  // The log of the probability that no row is the component's.
  const empty = await rows.reduce({ of: "responsibilities", components }, sumOf("log-complement"));
  return doubtful.reduce((sum, k) => sum - Math.expm1(empty[k]!), certain);
}
