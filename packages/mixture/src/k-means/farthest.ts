import type { Metric } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend/factors";
import type { Passes } from "@mixtura/backend/rows";
import { extremes } from "@mixtura/backend/rows";

/** Puts the listed centroids on the rows farthest from their nearest centroid, one row each; the listed ones are nobody's nearest. */
export async function moveToFarthest(
  rows: Passes,
  centroids: Float64Array,
  empty: readonly number[],
  metric: Metric | undefined,
): Promise<void> {
  const d = rows.features;
  const held = centroids.filter((_, at) => !empty.includes(Math.floor(at / d)));
  const value = { of: "squared-distance", components: centroidComponents(held, held.length / d, metric) } as const;
  const far = await rows.reduce(value, extremes(empty.length, "greatest"));
  empty.forEach((c, index) => {
    const row = far[index]?.row;
    if (row !== undefined) centroids.set(row, c * d);
  });
}
