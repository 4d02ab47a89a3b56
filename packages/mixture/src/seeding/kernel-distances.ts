import type { GaussianComponents } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend/factors";
import type { Distances } from "./potentials.ts";
import type { PlacedRows, SeedingRows } from "./seeding-rows.ts";

/** Distances by the backend's kernels. */
export function kernelDistances<H>({ host, rowWeights, metric, backend }: SeedingRows<H>, { handle, origin }: PlacedRows<H>): Distances {
  const d = host.columns;
  const pointsAt = (rows: Int32Array): GaussianComponents => {
    const points = new Float64Array(rows.length * d);
    rows.forEach((row, index) => {
      for (let j = 0; j < d; j++) points[index * d + j] = host.data[row * d + j]! - origin[j]!;
    });
    return centroidComponents(points, rows.length, metric);
  };
  return {
    async to(row, pace) {
      const squares = await backend.kernels.squaredMahalanobis(handle, pointsAt(Int32Array.of(row)), { pace });
      return (start, end) => squares.subarray(start, end);
    },
    left: (candidates, potentials, pace) => backend.kernels.potentials(handle, pointsAt(candidates), { potentials, rowWeights, pace }),
  };
}
