import type { Pace } from "@mixtura/core/authoring";
import type { Primitives } from "../contract.ts";
import type { PlacedComponents } from "./components.ts";
import type { Keep } from "./handles.ts";
import { breathe } from "./handles.ts";

/** ‖W (x − μ)‖² of each row for component k, rows×1. The mean is taken off first, so nothing cancels. */
export function squaredDistance<H>(device: Primitives<H>, rows: H, components: PlacedComponents<H>, k: number): H {
  return components.shape.squaredDistances(device, device.subtract(rows, components.means[k]!), components.factors[k]!);
}

/**
 * The log-terms log(πₖ pₖ(x)) of all components, a rows×1 handle each.
 *
 * @param lowest rows×1 of the lowest term; see `lowestTerm`
 * @param squares where the squared distances are put too, for who needs them
 */
export async function logTermColumns<H>(
  device: Primitives<H>,
  rows: H,
  components: PlacedComponents<H>,
  lowest: H,
  keep: Keep<H>,
  pace: Pace | undefined,
  squares?: H[],
): Promise<H[]> {
  const { logTerm } = components.radial;
  const columns: H[] = [];
  for (let k = 0; k < components.count; k++) {
    const own = device.scope(() => {
      const square = squaredDistance(device, rows, components, k);
      const term = device.add(logTerm.device(device, square, components.constants[k]!), components.offsets[k]!);
      const column = k === components.fallback ? device.max(device.joinColumns([term, lowest]), 1) : term;
      return squares === undefined ? [column] : [column, square];
    });
    keep(own);
    columns.push(own[0]!);
    squares?.push(own[1]!);
    await breathe(pace);
  }
  return columns;
}
