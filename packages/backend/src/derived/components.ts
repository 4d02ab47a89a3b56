import type { GaussianComponents } from "../components.ts";
import type { Primitives } from "../contract.ts";
import type { Radial } from "../radials/radial.ts";
import { radialOf } from "../radials/table.ts";
import type { Shape } from "../shapes/shape.ts";
import { shapes } from "../shapes/table.ts";
import type { Keep } from "./handles.ts";

/** Components as handles, one per component. */
export interface PlacedComponents<H> {
  readonly count: number;
  readonly shape: Shape;
  readonly radial: Radial;
  /** 1×d each */
  readonly means: readonly H[];
  /** Each as its shape's `dimensions` say; components that share a factor share its handle. */
  readonly factors: readonly H[];
  /** 1×1 each */
  readonly offsets: readonly H[];
  /** What the radial part computes with, a list of 1×1 for each component. */
  readonly constants: readonly (readonly H[])[];
  /** The component that takes rows which have no finite term: the first of positive weight. */
  readonly fallback: number;
}

/** Brings components to the device in four uploads. */
export async function placeComponents<H>(
  device: Primitives<H>,
  components: GaussianComponents,
  keep: Keep<H>,
): Promise<PlacedComponents<H>> {
  const { count, features, shared, means, whitening, logOffsets } = components;
  const shape = shapes[components.shape];
  const radial = radialOf(components);
  const [factorRows, factorColumns] = shape.dimensions(features);
  const parameters = components.radial?.parameters ?? new Float64Array(0);
  const constants = Array.from({ length: count }, (_, k) => radial.constants(features, parameters, k * radial.size));
  const each = constants[0]!.length;
  const placed = await placeRows(device, Float64Array.from(constants.flat()), count * each, 1, 1, keep);
  const factors = await placeRows(device, whitening, shared ? 1 : count, factorRows, factorColumns, keep);
  return {
    count,
    shape,
    radial,
    means: await placeRows(device, means, count, 1, features, keep),
    factors: shared ? Array.from({ length: count }, () => factors[0]!) : factors,
    offsets: await placeRows(device, logOffsets, count, 1, 1, keep),
    constants: constants.map((_, k) => placed.slice(k * each, (k + 1) * each)),
    fallback: Math.max(
      0,
      logOffsets.findIndex((offset) => offset > -Infinity),
    ),
  };
}

/** Uploads `count` matrices of one size that are stored one after the other, and gives each its handle. */
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
