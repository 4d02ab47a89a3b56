import type { Matrix, MatrixLike } from "@mixtura/core";
import { matrix, MixturaError, toMatrix } from "@mixtura/core";
import { createPace, createRandom, show } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { Groups, Labels } from "./labels.ts";
import { checkLabels, groupsOf, requireLength } from "./labels.ts";

/** Options of a silhouette. */
export interface SilhouetteContext {
  readonly signal?: AbortSignal;
}

/**
 * Silhouette of each row: how much nearer it is to its own cluster than to the next one.
 *
 * (b − a) / max(a, b), with a the mean Euclidean distance to the other rows of its cluster and b the smallest mean distance to the rows of
 * another. 0 for a row that is alone in its cluster, and where both distances are 0.
 *
 * @param X n×d rows; features count as they are scaled
 * @param labels one per row, of 2 to n − 1 clusters
 * @returns length n, in [−1, 1]
 * @throws (by rejection) MixturaError `invalid-shape`, `invalid-labels`, `not-finite`, `invalid-option` (number of clusters), `aborted`
 * @remarks O(n²·d) time, O(n) memory.
 * @see Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis (1987)
 * @example
 * ```ts run
 * await silhouetteSamples([[0], [1], [5]], ["a", "a", "b"])
 * // => [0.8, 0.75, 0]
 * ```
 */
export async function silhouetteSamples(X: MatrixLike, labels: Labels, context: SilhouetteContext = {}): Promise<Float64Array> {
  const { host, groups } = checked(X, labels, "silhouetteSamples");
  return silhouettes(host, groups, (context as SilhouetteContext | null)?.signal);
}

/**
 * Mean silhouette of the rows; see {@link silhouetteSamples}. Higher is better, and clusters are apart from about 0.5 on.
 *
 * Its cost grows with n². For many rows pass `sampleSize` m: that number of rows are drawn without replacement, and compared with each other alone.
 * Clusters of which fewer than two rows were drawn get theirs in addition, and each cluster counts by all its rows, so that the mean estimates the
 * full one: its error falls with 1/√m, and since the smallest of several estimated distances is taken, it lies lower by something that falls with 1/m.
 *
 * @param X n×d rows; features count as they are scaled
 * @param labels one per row, of 2 to n − 1 clusters
 * @param options `sampleSize`: rows to compare, a whole number ≥ 1 (all rows when absent); `randomState`: the seed of the draw, 0 when absent
 * @returns a number in [−1, 1]
 * @throws (by rejection) MixturaError `invalid-shape`, `invalid-labels`, `not-finite`, `invalid-option` (number of clusters, `sampleSize`,
 *   `randomState`), `aborted`
 * @remarks O(n²·d) time, with `sampleSize` m and k clusters O((m + 2k)²·d); O(n) memory.
 * @see Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis (1987)
 * @example
 * ```ts run
 * await silhouetteScore([[0], [1], [9], [10]], [0, 0, 1, 1])
 * // ≈ 0.8885448916
 * await silhouetteScore([[0], [1], [9], [10]], [0, 0, 0, 0])
 * // throws invalid-option
 * ```
 */
export async function silhouetteScore(
  X: MatrixLike,
  labels: Labels,
  options: SilhouetteContext & { readonly sampleSize?: number; readonly randomState?: number } = {},
): Promise<number> {
  const { signal, sampleSize, randomState = 0 } = (options as typeof options | null) ?? {};
  const { host, groups } = checked(X, labels, "silhouetteScore");
  if (sampleSize !== undefined) checkInteger("sampleSize", sampleSize, 1, Infinity);
  checkInteger("randomState", randomState, 0, SEED_LIMIT - 1);
  if (sampleSize === undefined || sampleSize >= host.rows) {
    const values = await silhouettes(host, groups, signal);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  const sample = sampleOf(groups, createRandom(randomState).permutation(host.rows), sampleSize);
  const drawn = drawnRows(host, groups, sample);
  const values = await silhouettes(drawn.host, drawn.groups, signal);
  // Each cluster counts by its rows, not by how many of them were drawn.
  const means = new Float64Array(groups.sizes.length);
  values.forEach((value, at) => (means[drawn.groups.of[at]!]! += value / drawn.groups.sizes[drawn.groups.of[at]!]!));
  return means.reduce((sum, mean, group) => sum + mean * (groups.sizes[group]! / host.rows), 0);
}

/** The first rows of an order, and further ones until each cluster has two, or all that it has: a distance within it, and one to it. */
function sampleOf({ of, sizes }: Groups, order: Int32Array, size: number): Int32Array {
  const wanted = sizes.map((rows) => Math.min(rows, 2));
  return order.filter((row, at) => wanted[of[row]!]!-- > 0 || at < size);
}

function drawnRows({ data, columns }: Matrix, { of, sizes }: Groups, sample: Int32Array): { host: Matrix; groups: Groups } {
  const drawn = new Float64Array(sample.length * columns);
  const counts = sizes.map(() => 0);
  sample.forEach((row, at) => {
    drawn.set(data.subarray(row * columns, (row + 1) * columns), at * columns);
    counts[of[row]!]! += 1;
  });
  return { host: matrix(drawn, sample.length, columns), groups: { of: sample.map((row) => of[row]!), sizes: counts } };
}

function checkInteger(option: string, found: unknown, least: number, most: number): void {
  if (Number.isInteger(found) && (found as number) >= least && (found as number) <= most) return;
  const range = most === Infinity ? `≥ ${least}` : `from ${least} to ${most}`;
  throw new MixturaError("invalid-option", `silhouetteScore: "${option}" must be an integer ${range}, found ${show(found)}.`, {
    option,
    found,
  });
}

function checked(X: MatrixLike, labels: Labels, caller: string): { host: Matrix; groups: Groups } {
  const host = toMatrix(X, { caller });
  checkLabels(labels, caller);
  requireLength(labels, host.rows, "labels", caller);
  const groups = groupsOf(labels, caller);
  const count = groups.sizes.length;
  if (count < 2 || count >= host.rows) {
    throw new MixturaError("invalid-option", `${caller}: silhouettes need 2 to n − 1 clusters, found ${count} in ${host.rows} rows.`, {
      option: "labels",
      found: count,
    });
  }
  return { host, groups };
}

async function silhouettes(host: Matrix, { of, sizes }: Groups, signal: AbortSignal | undefined): Promise<Float64Array> {
  const pace = createPace(signal);
  pace.check();
  const add = addDistancesOf(host);
  const distances = new Float64Array(sizes.length);
  const values = new Float64Array(host.rows);
  for (let row = 0; row < host.rows; row++) {
    if (pace.due()) await pace.turn();
    distances.fill(0);
    add(row, of, distances);
    const own = of[row]!;
    if (sizes[own] === 1) continue;
    const a = distances[own]! / (sizes[own]! - 1);
    let b = Infinity;
    for (let group = 0; group < sizes.length; group++) if (group !== own) b = Math.min(b, distances[group]! / sizes[group]!);
    values[row] = a === b ? 0 : (b - a) / Math.max(a, b);
  }
  return values;
}

/** Adds the distance from one row to every row onto the sum of that row's group. */
type AddDistances = (from: number, of: Int32Array, sums: Float64Array) => void;

/** Between these, squares of distances and their sums are doubles with all their digits. */
const [NARROW, WIDE] = [2 ** -400, 2 ** 400];

/** Distances in a unit that keeps them in the range of doubles: silhouettes are ratios of them. */
function addDistancesOf(host: Matrix): AddDistances {
  const { data, columns } = host;
  let widest = 0;
  for (let j = 0; j < columns; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = j; at < data.length; at += columns) {
      low = Math.min(low, data[at]!);
      high = Math.max(high, data[at]!);
    }
    widest = Math.max(widest, high - low);
  }
  if (widest > NARROW && widest < WIDE) return addPlain(host);
  // Powers of two cost no digits of numbers that are as large as the widest range.
  return addScaled({ ...host, data: widest < WIDE ? data : data.map((value) => value * 2 ** -100) });
}

function addPlain({ data, rows, columns }: Matrix): AddDistances {
  return (from, of, sums) => {
    const start = from * columns;
    for (let row = 0, at = 0; row < rows; row++) {
      let square = 0;
      for (let j = 0; j < columns; j++, at++) {
        const difference = data[at]! - data[start + j]!;
        square += difference * difference;
      }
      sums[of[row]!]! += Math.sqrt(square);
    }
  };
}

/** The same with the square of each distance in units of its longest side. */
function addScaled({ data, rows, columns }: Matrix): AddDistances {
  return (from, of, sums) => {
    const start = from * columns;
    for (let row = 0; row < rows; row++) {
      const at = row * columns;
      let longest = 0;
      for (let j = 0; j < columns; j++) longest = Math.max(longest, Math.abs(data[at + j]! - data[start + j]!));
      if (longest === 0) continue;
      let square = 0;
      for (let j = 0; j < columns; j++) square += ((data[at + j]! - data[start + j]!) / longest) ** 2;
      sums[of[row]!]! += longest * Math.sqrt(square);
    }
  };
}
