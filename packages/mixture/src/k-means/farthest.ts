import type { Metric } from "@mixtura/backend";
import { centroidComponents, CHUNK_ROWS } from "@mixtura/backend";
import type { RowSet } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";

/** Puts the listed centroids on the rows farthest from their nearest centroid, one row each. */
export async function moveToFarthest<H>(
  rows: RowSet<H>,
  centroids: Float64Array,
  empty: readonly number[],
  metric: Metric | undefined,
  pace: Pace,
): Promise<void> {
  const d = rows.features;
  const k = centroids.length / d;
  const components = centroidComponents(centroids, k, metric);
  const isEmpty = Uint8Array.from({ length: k }, (_, c) => Number(empty.includes(c)));
  const far: { distance: number; row: Float64Array }[] = [];
  const { backend } = rows;
  for await (const { handle, host, rowWeights } of rows.chunks()) {
    // In spans, since the distances to all centroids take rows × k numbers.
    for (let start = 0; start < host.rows; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, host.rows);
      const span = backend.sliceRows(handle, start, end);
      try {
        const distances = await backend.kernels.squaredMahalanobis(span, components, { pace });
        for (let i = start; i < end; i++) {
          if (rowWeights?.[i] === 0) continue;
          const distance = nearest(distances, (i - start) * k, k, isEmpty);
          if (far.length === empty.length && distance <= far.at(-1)!.distance) continue;
          far.push({ distance, row: host.data.slice(i * d, (i + 1) * d) });
          far.sort((a, b) => b.distance - a.distance);
          far.length = Math.min(far.length, empty.length);
        }
      } finally {
        backend.release(span);
      }
      if (pace.due()) await pace.turn();
    }
  }
  empty.forEach((c, index) => {
    const row = far[index]?.row;
    if (row !== undefined) for (let j = 0; j < d; j++) centroids[c * d + j] = row[j]! - rows.origin[j]!;
  });
}

/** The least of k distances, those of empty clusters left out. */
function nearest(distances: Float64Array, start: number, k: number, isEmpty: Uint8Array): number {
  let least = Infinity;
  for (let c = 0; c < k; c++) if (isEmpty[c] === 0 && distances[start + c]! < least) least = distances[start + c]!;
  return least;
}
