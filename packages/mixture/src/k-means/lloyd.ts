import type { GaussianComponents } from "@mixtura/backend";
import type { Metric } from "@mixtura/backend/internal/factors";
import { centroidComponents, shapes } from "@mixtura/backend/internal/factors";
import type { Passes } from "@mixtura/backend/internal/rows";
import { extremes } from "@mixtura/backend/internal/rows";
import type { Pace } from "@mixtura/core/authoring";

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

/** Options of Lloyd's algorithm. */
export interface LloydOptions {
  readonly maxIter: number;
  /** Stops when Σ ‖centroid shift‖² is at most this, in squared units of the metric. */
  readonly tolerance: number;
  /** How distances are measured; absent for the data's own units. */
  readonly metric?: Metric | undefined;
  readonly pace: Pace;
}

/** Means of the same rows about one centre and about another agree to this fraction of their distances, squared; by the precision of the passes. */
const SAME_MEANS = { float64: 2 ** -84, float32: 2 ** -36 } as const;

/**
 * Lloyd's k-means, one state per iteration: every row goes to its nearest centroid, every centroid to the mean of its rows.
 * A cluster that loses all its rows is put on the row farthest from its own centroid. It ends when the centroids move by no more than the tolerance,
 * when no row changes its cluster, and when the inertia does not fall any more.
 *
 * @param start k×d, in the row set's coordinates
 */
export async function* lloyd(rows: Passes, start: Float64Array, options: LloydOptions): AsyncGenerator<LloydState> {
  const { maxIter, tolerance, metric, pace } = options;
  const d = rows.features;
  const k = start.length / d;
  let centroids = start;
  let before = Infinity;
  let massesBefore: Float64Array | undefined;
  for (let iteration = 1; iteration <= maxIter; iteration++) {
    const components = centroidComponents(centroids, k, metric);
    const { s0, s1, logLikelihood, weight } = await rows.expectation(components, { scatter: "none", assignment: "hard" });
    const next = centroids.slice();
    for (let c = 0; c < k; c++) {
      if (s0[c]! > 0) for (let at = c * d; at < (c + 1) * d; at++) next[at]! += s1[at]! / s0[c]!;
    }
    const reseeded = Array.from(s0.keys()).filter((c) => s0[c] === 0);
    if (reseeded.length > 0) await moveToFarthest(rows, next, reseeded, metric);
    const inertia = 0 - 2 * logLikelihood;
    const shift = squaredShift(components, next);
    // Clusters that keep their rows keep their weights to the bit and their means to rounding: labels need not be held to be compared.
    const isSame =
      massesBefore?.every((mass, c) => mass === s0[c]) === true &&
      shift <= SAME_MEANS[rows.precision] * (inertia / weight + farthest(components));
    massesBefore = s0;
    // An inertia that does not fall any more cannot fall again: centres only jitter by their rounding, or there are fewer different rows than
    // clusters, so that putting clusters on far rows lowers nothing.
    const settled = reseeded.length === 0 && (isSame || shift <= tolerance);
    const converged = settled || inertia >= before;
    before = inertia;
    centroids = next;
    yield { centroids, iteration, inertia, converged, reseeded };
    if (converged) return;
    if (pace.due()) await pace.turn();
  }
}

/** Σ ‖W (next − current)‖² over all centroids. */
function squaredShift(components: GaussianComponents, next: Float64Array): number {
  const { features: d, means, shape } = components;
  const workspace = new Float64Array(d);
  const square = new Float64Array(1);
  let total = 0;
  for (let start = 0; start < means.length; start += d) {
    const own = { ...components, count: 1, means: means.subarray(start, start + d) };
    shapes[shape].squares(own, next.subarray(start, start + d), workspace, square);
    total += square[0]!;
  }
  return total;
}

/** The largest ‖W c‖² of a centroid. */
function farthest(components: GaussianComponents): number {
  const { count, features: d, shape } = components;
  const squares = new Float64Array(count);
  shapes[shape].squares(components, new Float64Array(d), new Float64Array(d), squares);
  return squares.reduce((most, value) => Math.max(most, value), 0);
}

/** Puts the listed centroids on the rows farthest from their nearest centroid, one row each; the listed ones are nobody's nearest. */
async function moveToFarthest(rows: Passes, centroids: Float64Array, empty: readonly number[], metric: Metric | undefined): Promise<void> {
  const d = rows.features;
  const held = centroids.filter((_, at) => !empty.includes(Math.floor(at / d)));
  const value = { of: "squared-distance", components: centroidComponents(held, held.length / d, metric) } as const;
  const far = await rows.reduce(value, extremes(empty.length, "greatest"));
  empty.forEach((c, index) => {
    const row = far[index]?.row;
    if (row !== undefined) centroids.set(row, c * d);
  });
}
