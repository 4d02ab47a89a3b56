import type { GaussianKernels } from "@mixtura/backend";
import { CHUNK_ROWS } from "@mixtura/backend";
import type { Handle, Memory } from "./memory.ts";

/**
 * The nearest centroid of each row in one pass, in place of the
 * matrices of distances that the derived kernel makes.
 */
export function nearestCentroid({
  read,
}: Memory): GaussianKernels<Handle>["nearestCentroid"] {
  return async (handle, centroids, { pace } = {}) => {
    pace?.check();
    const { data, rows, columns } = read(handle);
    const labels = new Int32Array(rows);
    const squaredDistances = new Float64Array(rows).fill(Infinity);
    for (let start = 0; start < rows; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, rows);
      for (let k = 0; k < centroids.length / columns; k++) {
        for (let i = start; i < end; i++) {
          let square = 0;
          for (let j = 0; j < columns; j++)
            square +=
              (data[j * rows + i]! - centroids[k * columns + j]!) ** 2;
          // Strictly nearer: the first of equals stays.
          if (square < squaredDistances[i]!)
            [labels[i], squaredDistances[i]] = [k, square];
        }
        if (pace?.due()) await pace.turn();
      }
    }
    return { labels, squaredDistances };
  };
}
