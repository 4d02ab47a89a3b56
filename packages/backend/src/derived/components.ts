import type { GaussianComponents } from "../components.ts";
import type { Primitives } from "../contract.ts";
import type { Keep } from "./handles.ts";

/** Components as handles, one per component. */
export interface PlacedComponents<H> {
  readonly count: number;
  readonly shape: GaussianComponents["shape"];
  /** 1×d each */
  readonly means: readonly H[];
  /** d×d ("full"), 1×d ("diag") or 1×1 ("spherical") each; components that share a factor share its handle. */
  readonly factors: readonly H[];
  /** 1×1 each */
  readonly offsets: readonly H[];
  /** The component that takes rows which have no finite term: the first of positive weight. */
  readonly heir: number;
}

/** Brings components to the device in three uploads. */
export async function placeComponents<H>(
  device: Primitives<H>,
  components: GaussianComponents,
  keep: Keep<H>,
): Promise<PlacedComponents<H>> {
  const { count, features, shape, shared, means, whitening, logOffsets } = components;
  const [factorRows, factorColumns] = shape === "full" ? [features, features] : shape === "diag" ? [1, features] : [1, 1];
  const factors = await placeRows(device, whitening, shared ? 1 : count, factorRows, factorColumns, keep);
  return {
    count,
    shape,
    means: await placeRows(device, means, count, 1, features, keep),
    factors: shared ? Array.from({ length: count }, () => factors[0]!) : factors,
    offsets: await placeRows(device, logOffsets, count, 1, 1, keep),
    heir: Math.max(
      0,
      logOffsets.findIndex((offset) => offset > -Infinity),
    ),
  };
}

/** Uploads `count` matrices of one size that stand one after the other, and gives each its handle. */
export async function placeRows<H>(
  device: Primitives<H>,
  data: Float64Array,
  count: number,
  rows: number,
  columns: number,
  keep: Keep<H>,
): Promise<readonly H[]> {
  const stack = keep(await device.upload({ data, rows: count * rows, columns }));
  return keep(Array.from({ length: count }, (_, k) => device.sliceRows(stack, k * rows, (k + 1) * rows)));
}
