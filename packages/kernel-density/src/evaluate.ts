import type { Pace } from "@mixtura/core/authoring";
import type { Kernel } from "./kernel.ts";

/** A sum of kernels about points, each with a weight. */
export interface KernelSum {
  readonly kernel: Kernel;
  /** n×d */
  readonly points: Float64Array;
  readonly features: number;
  /** Length d: a difference times this is in bandwidths. */
  readonly inverseBandwidth: Float64Array;
  /** Length n; absent where every point counts once. */
  readonly weights?: Float64Array;
  /** Natural logs of {@link KernelSum.weights}. */
  readonly logWeights?: Float64Array;
  /** Subtracted from the log of the sum: what makes it a density. */
  readonly logNormaliser: number;
}

/** A sum of kernels that is being taken: e^top · rest. Compact kernels keep top at 0. */
interface Running {
  readonly top: Float64Array;
  readonly rest: Float64Array;
}

/** Queries and points of one tile: few enough that the points stay in the processor's cache, and that a tile takes about a millisecond. */
const QUERIES = 32;
const POINTS = 1024;

/**
 * Natural-log density at each query, −Infinity where no kernel reaches.
 *
 * Log domain throughout: the sum of exponentials is kept relative to the largest exponent met so far.
 *
 * @param queries m×d, in the coordinates of the points
 * @remarks O(m·n·d) time, O(m) memory.
 */
export async function logDensities(sum: KernelSum, queries: Float64Array, pace: Pace): Promise<Float64Array> {
  const { features: d, points } = sum;
  const n = points.length / d;
  const m = queries.length / d;
  const out = new Float64Array(m);
  const running: Running = { top: new Float64Array(QUERIES), rest: new Float64Array(QUERIES) };
  for (let first = 0; first < m; first += QUERIES) {
    const last = Math.min(first + QUERIES, m);
    begin(sum.kernel, running);
    for (let start = 0; start < n; start += POINTS) {
      const end = Math.min(start + POINTS, n);
      for (let i = first; i < last; i++) accumulate(sum, queries, i * d, start, end, running, i - first);
      if (pace.due()) await pace.turn();
    }
    for (let i = first; i < last; i++) out[i] = running.top[i - first]! + Math.log(running.rest[i - first]!) - sum.logNormaliser;
  }
  return out;
}

/** The density of one point at a time, without allocation. */
export function pointDensity(sum: KernelSum): (query: Float64Array) => number {
  const running: Running = { top: new Float64Array(1), rest: new Float64Array(1) };
  const n = sum.points.length / sum.features;
  return (query) => {
    begin(sum.kernel, running);
    accumulate(sum, query, 0, 0, n, running, 0);
    return running.top[0]! + Math.log(running.rest[0]!) - sum.logNormaliser;
  };
}

function begin(kernel: Kernel, { top, rest }: Running): void {
  top.fill(kernel === "gaussian" ? -Infinity : 0);
  rest.fill(0);
}

function accumulate(sum: KernelSum, queries: Float64Array, at: number, start: number, end: number, running: Running, index: number): void {
  if (sum.kernel === "gaussian") accumulateGaussian(sum, queries, at, start, end, running, index);
  else accumulateCompact(sum, queries, at, start, end, running, index);
}

function accumulateGaussian(
  { points, features: d, inverseBandwidth, logWeights }: KernelSum,
  queries: Float64Array,
  at: number,
  start: number,
  end: number,
  running: Running,
  index: number,
): void {
  // What all n points so far below the largest add up to is below the rounding of the sum, e^−37 < 2⁻⁵³.
  const negligible = 37 + Math.log(points.length / d);
  let top = running.top[index]!;
  let rest = running.rest[index]!;
  for (let t = start; t < end; t++) {
    let square = 0;
    for (let j = 0; j < d; j++) {
      const u = (queries[at + j]! - points[t * d + j]!) * inverseBandwidth[j]!;
      square += u * u;
    }
    const exponent = logWeights === undefined ? -0.5 * square : logWeights[t]! - 0.5 * square;
    if (exponent > top) {
      rest = rest * Math.exp(top - exponent) + 1;
      top = exponent;
    } else if (exponent > top - negligible) {
      rest += Math.exp(exponent - top);
    }
  }
  running.top[index] = top;
  running.rest[index] = rest;
}

function accumulateCompact(
  { kernel, points, features: d, inverseBandwidth, weights }: KernelSum,
  queries: Float64Array,
  at: number,
  start: number,
  end: number,
  running: Running,
  index: number,
): void {
  const flat = kernel === "tophat";
  let rest = running.rest[index]!;
  for (let t = start; t < end; t++) {
    let square = 0;
    for (let j = 0; j < d; j++) {
      const u = (queries[at + j]! - points[t * d + j]!) * inverseBandwidth[j]!;
      square += u * u;
    }
    if (square < 1) rest += (flat ? 1 : 1 - square) * (weights === undefined ? 1 : weights[t]!);
  }
  running.rest[index] = rest;
}
