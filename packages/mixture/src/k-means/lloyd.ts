import { centroidComponents } from "@mixtura/backend";
import type { Pace } from "@mixtura/core";
import { expectation } from "../em/passes.ts";
import type { RowSet } from "../em/rows.ts";

/** A state of Lloyd's algorithm. */
export interface LloydState {
  /** k×d, in the row set's coordinates. */
  readonly centroids: Float64Array;
  readonly iteration: number;
  /** Σ w ‖x − nearest centroid‖² under the centroids before this step. */
  readonly inertia: number;
  readonly converged: boolean;
  /** Clusters that lost all rows and were put on the row farthest from its centroid. */
  readonly reseeded: readonly number[];
}

/** What Lloyd's algorithm is told. */
export interface LloydOptions {
  readonly maxIter: number;
  /** Stops when Σ ‖centroid shift‖² is at most this, in squared (scaled) units of the data. */
  readonly tolerance: number;
  /** Multiplies each feature before distances are taken. Length d. */
  readonly inverseScale?: Float64Array | undefined;
  readonly pace: Pace;
}

/**
 * Lloyd's k-means, one state per iteration: every row goes to its nearest centroid, every centroid to the mean of its rows.
 * A cluster that loses all its rows is put on the row farthest from its own centroid.
 *
 * @param start k×d, in the row set's coordinates
 */
export async function* lloyd<H>(rows: RowSet<H>, start: Float64Array, options: LloydOptions): AsyncGenerator<LloydState> {
  const { maxIter, tolerance, inverseScale, pace } = options;
  const d = rows.features;
  const k = start.length / d;
  let centroids = start;
  for (let iteration = 1; iteration <= maxIter; iteration++) {
    const components = centroidComponents(centroids, k, inverseScale);
    const { s0, s1, logLikelihood } = await expectation(rows, components, { centres: centroids, scatter: "none", assignment: "hard", pace });
    const next = centroids.slice();
    let shift = 0;
    for (let c = 0; c < k; c++) {
      if (s0[c]! === 0) continue;
      for (let j = 0; j < d; j++) {
        const step = s1[c * d + j]! / s0[c]!;
        next[c * d + j]! += step;
        shift += (step * (inverseScale?.[j] ?? 1)) ** 2;
      }
    }
    const reseeded = Array.from(s0.keys()).filter((c) => s0[c] === 0);
    if (reseeded.length > 0) await moveToFarthest(rows, next, reseeded, inverseScale, pace);
    centroids = next;
    const converged = reseeded.length === 0 && shift <= tolerance;
    yield { centroids, iteration, inertia: -2 * logLikelihood, converged, reseeded };
    if (converged) return;
    if (pace.due()) await pace.turn();
  }
}

/** Puts the listed centroids on the rows farthest from their nearest centroid, one row each. */
async function moveToFarthest<H>(
  rows: RowSet<H>,
  centroids: Float64Array,
  empty: readonly number[],
  inverseScale: Float64Array | undefined,
  pace: Pace,
): Promise<void> {
  const d = rows.features;
  const k = centroids.length / d;
  const components = centroidComponents(centroids, k, inverseScale);
  const far: { distance: number; row: Float64Array }[] = [];
  for await (const { handle, host, rowWeights } of rows.chunks()) {
    const distances = await rows.backend.kernels.squaredMahalanobis(handle, components, { pace });
    for (let i = 0; i < host.rows; i++) {
      if (rowWeights?.[i] === 0) continue;
      let distance = Infinity;
      for (let c = 0; c < k; c++) if (!empty.includes(c)) distance = Math.min(distance, distances[i * k + c]!);
      if (far.length === empty.length && distance <= far.at(-1)!.distance) continue;
      far.push({ distance, row: host.data.slice(i * d, (i + 1) * d) });
      far.sort((a, b) => b.distance - a.distance);
      far.length = Math.min(far.length, empty.length);
    }
  }
  empty.forEach((c, index) => {
    const row = far[index]?.row;
    if (row !== undefined) for (let j = 0; j < d; j++) centroids[c * d + j] = row[j]! - rows.origin[j]!;
  });
}
