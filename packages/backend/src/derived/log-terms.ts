import type { Pace } from "@mixtura/core";
import type { Primitives } from "../contract.ts";
import type { PlacedComponents } from "./components.ts";
import type { Constants } from "./constants.ts";
import type { Keep } from "./handles.ts";
import { breathe } from "./handles.ts";

/** ‖W (x − μ)‖² of each row for component k, rows×1. The mean is taken off first, so nothing cancels. */
export function squaredDistance<H>(device: Primitives<H>, rows: H, components: PlacedComponents<H>, k: number): H {
  const difference = device.subtract(rows, components.means[k]!);
  const factor = components.factors[k]!;
  const whitened =
    components.shape === "full" ? device.matmul(difference, factor, { transposeB: true }) : device.multiply(difference, factor);
  return device.sum(device.square(whitened), 1);
}

/**
 * The log-terms log(πₖ pₖ(x)) of all components, a rows×1 handle each.
 *
 * @param floor rows×1 of the lowest term; see `lowestTerm`
 */
export async function logTermColumns<H>(
  device: Primitives<H>,
  rows: H,
  components: PlacedComponents<H>,
  { minusHalf }: Constants<H>,
  floor: H,
  keep: Keep<H>,
  pace: Pace | undefined,
): Promise<H[]> {
  const columns: H[] = [];
  for (let k = 0; k < components.count; k++) {
    const column = device.scope(() => {
      const term = device.add(device.multiply(squaredDistance(device, rows, components, k), minusHalf), components.offsets[k]!);
      return k === components.heir ? device.max(device.joinColumns([term, floor]), 1) : term;
    });
    columns.push(keep(column));
    await breathe(pace);
  }
  return columns;
}
