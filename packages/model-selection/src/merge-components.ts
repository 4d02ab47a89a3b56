import type { BatchContext, Matrix, MatrixLike, Mixture } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { checkFitContext, checkSampleWeight, createPace, show } from "@mixtura/core/authoring";
import { rowsOf, responsibilityBlocks } from "./row-blocks.ts";

/** Options of a merge, besides its rows. */
export interface MergeContext extends BatchContext {
  /** Frequencies: one finite number ≥ 0 per row. */
  readonly sampleWeight?: ArrayLike<number>;
  /** Called after every pass over the rows. */
  readonly onProgress?: (event: { readonly pass: number; readonly passes: number }) => void;
}

/** Clusters that are made of components, and how sharp they are. */
export interface MergedClusters {
  readonly nClusters: number;
  /** The components of each cluster, ascending; clusters in order of their first component. */
  readonly groups: readonly (readonly number[])[];
  /** Which two clusters of the solution before, by index there, became one. Absent where nothing is merged. */
  readonly merged?: readonly [number, number];
  /** −Σ w t log t over rows and clusters, in nats: 0 where every row belongs to one cluster for sure. */
  readonly entropy: number;
  /** The likeliest cluster of each row, the first of equals. O(n·k·d²). */
  predict(X: MatrixLike, context?: BatchContext): Promise<Int32Array>;
  /** The responsibility of each cluster in each row, n×clusters; rows sum to 1. O(n·k·d²). */
  predictProba(X: MatrixLike, context?: BatchContext): Promise<Matrix>;
}

/** All solutions from one cluster per component down to one cluster. */
export interface Merging {
  /** `clusters[0]` has one cluster per component, the last one a single cluster. */
  readonly clusters: readonly MergedClusters[];
  /**
   * The number of clusters at the bend of the entropy against the rows that merges have brought together: where two straight lines fit best.
   * A suggestion; absent for fewer than four components.
   */
  readonly elbow?: number;
  /** The solution with `k` clusters. Throws `invalid-option` where there is none. */
  at(nClusters: number): MergedClusters;
}

/**
 * From components to clusters: merges, step by step, the two clusters whose union lowers the entropy of the soft assignment the most. The
 * density stays as it is; what changes is which components count as one group, so a curved or skewed group may have several.
 *
 * @param model components of the best density, by BIC as a rule; the number by ICL is a good number of clusters
 * @param X n×d rows, those of the fit as a rule
 * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`, `aborted`
 * @remarks K − 1 passes of O(n·k·(d² + k)) time; responsibilities are held for a block of rows at a time.
 * @see Baudry, Raftery, Celeux, Lo & Gottardo, Combining mixture components for clustering, J. Comput. Graph. Stat. 19 (2010)
 * @example
 * ```ts run
 * const covariances = [[[1]], [[1]], [[1]]];
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.3, 0.3, 0.4],
 *   means: [[0], [9], [1]],
 *   covariances,
 * });
 * const { X } = model.sample(300, { randomState: 1 });
 * const merging = await mergeComponents(model, X);
 * merging.at(2).groups // => [[0, 2], [1]]
 * await merging.at(2).predict([[0], [9], [1]])
 * // => Int32Array.of(0, 1, 0)
 * merging.clusters.map(({ nClusters }) => nClusters) // => [3, 2, 1]
 * ```
 */
export async function mergeComponents(model: Mixture, X: MatrixLike, context: MergeContext = {}): Promise<Merging> {
  const caller = "mergeComponents";
  const { signal, sampleWeight, onProgress } = checkFitContext(context, caller);
  const rows = rowsOf(model, X, caller);
  const weights = checkSampleWeight(sampleWeight, rows.rows, caller);
  const k = model.nComponents;
  let groups: (readonly number[])[] = Array.from({ length: k }, (_, component) => [component]);
  const solutions: MergedClusters[] = [];
  const masses: number[] = [];
  let merged: readonly [number, number] | undefined;
  const passes = Math.max(1, k - 1);
  for (let pass = 1; pass <= passes; pass++) {
    const { entropy, gains, mass } = await entropies(model, rows, weights, groups, signal);
    solutions.push(clustersOf(model, groups, merged, entropy));
    onProgress?.({ pass, passes });
    if (k === 1) break;
    const [a, b] = bestPair(gains, groups.length);
    masses.push(mass[a]! + mass[b]!);
    merged = [a, b];
    const union = [...groups[a]!, ...groups[b]!].toSorted((first, second) => first - second);
    groups = groups.flatMap((group, index) => (index === a ? [union] : index === b ? [] : [group]));
  }
  createPace(signal).check(); // an abort during the last pass counts
  if (k > 1) solutions.push(clustersOf(model, groups, merged, 0));
  const elbow = elbowOf(solutions, masses);
  return Object.freeze({
    clusters: Object.freeze(solutions),
    ...(elbow === undefined ? {} : { elbow }),
    at(nClusters: number): MergedClusters {
      const found = solutions.find((solution) => solution.nClusters === nClusters);
      if (found !== undefined) return found;
      throw new MixturaError(
        "invalid-option",
        `${caller}: ${k} components can be merged into 1 to ${k} clusters, not ${show(nClusters)}.`,
        {
          option: "nClusters",
          found: nClusters,
        },
      );
    },
  });
}

/** One pass: the entropy of the clusters, what each union would take from it (g×g, upper half), and the mass of each. */
async function entropies(
  model: Mixture,
  X: Matrix,
  weights: Float64Array | undefined,
  groups: readonly (readonly number[])[],
  signal: AbortSignal | undefined,
): Promise<{ entropy: number; gains: Float64Array; mass: Float64Array }> {
  const k = model.nComponents;
  const g = groups.length;
  const gains = new Float64Array(g * g);
  const mass = new Float64Array(g);
  const own = new Float64Array(g);
  const terms = new Float64Array(g);
  let entropy = 0;
  for await (const { start, rows, responsibilities } of responsibilityBlocks(model, X, signal)) {
    for (let row = 0; row < rows; row++) {
      const weight = weights === undefined ? 1 : weights[start + row]!;
      sumGroups(responsibilities, row * k, groups, own);
      for (let a = 0; a < g; a++) {
        terms[a] = timesLog(own[a]!);
        entropy -= weight * terms[a]!;
        mass[a]! += weight * own[a]!;
      }
      for (let a = 0; a < g; a++) {
        if (own[a] === 0) continue; // a union with nothing changes nothing
        for (let b = a + 1; b < g; b++) {
          if (own[b] === 0) continue;
          gains[a * g + b]! += weight * (timesLog(own[a]! + own[b]!) - terms[a]! - terms[b]!);
        }
      }
    }
  }
  return { entropy, gains, mass };
}

function clustersOf(
  model: Mixture,
  groups: readonly (readonly number[])[],
  merged: readonly [number, number] | undefined,
  entropy: number,
): MergedClusters {
  const g = groups.length;
  const k = model.nComponents;
  return Object.freeze({
    nClusters: g,
    groups: Object.freeze(groups.map((group) => Object.freeze([...group]))),
    ...(merged === undefined ? {} : { merged }),
    entropy,
    async predict(X: MatrixLike, context?: BatchContext): Promise<Int32Array> {
      const { signal } = context ?? {};
      const host = rowsOf(model, X, "mergeComponents.predict");
      const labels = new Int32Array(host.rows);
      const own = new Float64Array(g);
      for await (const { start, rows, responsibilities } of responsibilityBlocks(model, host, signal)) {
        for (let row = 0; row < rows; row++) {
          sumGroups(responsibilities, row * k, groups, own);
          let most = 0;
          for (let a = 1; a < g; a++) if (own[a]! > own[most]!) most = a;
          labels[start + row] = most;
        }
      }
      return labels;
    },
    async predictProba(X: MatrixLike, context?: BatchContext): Promise<Matrix> {
      const { signal } = context ?? {};
      const host = rowsOf(model, X, "mergeComponents.predictProba");
      const out = new Float64Array(host.rows * g);
      for await (const { start, rows, responsibilities } of responsibilityBlocks(model, host, signal)) {
        for (let row = 0; row < rows; row++)
          sumGroups(responsibilities, row * k, groups, out.subarray((start + row) * g, (start + row + 1) * g));
      }
      return matrix(out, host.rows, g);
    },
  });
}

/** Writes the sum of each group's responsibilities. */
function sumGroups(responsibilities: Float64Array, at: number, groups: readonly (readonly number[])[], out: Float64Array): void {
  for (let a = 0; a < groups.length; a++) {
    let sum = 0;
    for (const component of groups[a]!) sum += responsibilities[at + component]!;
    out[a] = sum;
  }
}

function timesLog(t: number): number {
  return t > 0 ? t * Math.log(t) : 0;
}

/** The first of the pairs that gain the most. */
function bestPair(gains: Float64Array, g: number): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  for (let a = 0; a < g; a++) for (let b = a + 1; b < g; b++) if (gains[a * g + b]! > gains[best[0] * g + best[1]]!) best = [a, b];
  return best;
}

/** Where two straight lines through the entropies meet best; the abscissa is the mass that merges have brought together (Baudry et al., §4.2). */
function elbowOf(solutions: readonly MergedClusters[], masses: readonly number[]): number | undefined {
  if (solutions.length < 4) return undefined;
  let merged = 0;
  const points = solutions.map(({ nClusters, entropy }, step) => {
    if (step > 0) merged += masses[step - 1]!;
    return { nClusters, x: merged, y: entropy };
  });
  let best: { nClusters: number; error: number } | undefined;
  for (let bend = 1; bend < points.length - 1; bend++) {
    const error = lineError(points.slice(0, bend + 1)) + lineError(points.slice(bend));
    if (best === undefined || error < best.error) best = { nClusters: points[bend]!.nClusters, error };
  }
  return best?.nClusters;
}

/** The least sum of squares about a straight line. */
function lineError(points: readonly { readonly x: number; readonly y: number }[]): number {
  const n = points.length;
  const mx = points.reduce((sum, { x }) => sum + x, 0) / n;
  const my = points.reduce((sum, { y }) => sum + y, 0) / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (y - my);
    yy += (y - my) ** 2;
  }
  return xx > 0 ? Math.max(0, yy - (xy * xy) / xx) : yy;
}
