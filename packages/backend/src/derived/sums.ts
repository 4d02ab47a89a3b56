import type { Matrix } from "@mixtura/core";
import type { Primitives } from "../contract.ts";
import type { Moments, Scatter } from "../moments.ts";
import { mergeMoments } from "../merge-moments.ts";
import { emptyMoments } from "../moments.ts";
import type { Span } from "./spans.ts";

/** Moments that are still being added to. */
export type Tally = { -readonly [Field in keyof Moments]: Moments[Field] };

/**
 * Mass, first and second moments of rows about a centre, in one matrix product.
 *
 * With a column of ones beside the differences, Σ w (x − c, 1)(x − c, 1)ᵀ holds all three: (d+1)×(d+1) for "full" and "pooled". Diagonal
 * scatters need Σ w ((x − c)², x − c, 1) only: (2d+1)×1.
 *
 * @param weights rows×1
 * @param ones rows×1
 */
export function weightedSums<H>(device: Primitives<H>, rows: H, centre: H, weights: H, ones: H, scatter: Scatter): H {
  const difference = device.subtract(rows, centre);
  if (scatter === "full" || scatter === "pooled") {
    const extended = device.joinColumns([difference, ones]);
    return device.matmul(device.multiply(extended, weights), extended, { transposeA: true });
  }
  const parts = scatter === "none" ? [difference, ones] : [device.square(difference), difference, ones];
  return device.matmul(device.joinColumns(parts), weights, { transposeA: true });
}

/**
 * Adds downloaded {@link weightedSums} to a tally.
 *
 * @param sums the sums of several components side by side
 * @param components which component each belongs to
 */
export function addSums(tally: Tally, sums: Matrix, components: readonly number[]): void {
  const { scatter, features, s0, s1, S2 } = tally;
  const width = sums.columns / components.length;
  const massRow = sums.rows - 1;
  components.forEach((k, position) => {
    const at = (row: number, column: number): number => sums.data[row * sums.columns + position * width + column]!;
    const square = scatter === "full" || scatter === "pooled";
    const firstRow = square || scatter === "none" ? 0 : features;
    s0[k]! += at(massRow, square ? massRow : 0);
    for (let j = 0; j < features; j++) s1[k * features + j]! += square ? at(massRow, j) : at(firstRow + j, 0);
    if (square) {
      addTriangle(S2, scatter === "full" ? k * features * features : 0, features, at);
    } else if (scatter !== "none") {
      for (let j = 0; j < features; j++) S2[scatter === "diag" ? k * features + j : k]! += at(j, 0);
    }
  });
}

/** The lower triangle counts; the upper one follows it, so that the sum is symmetric to the last bit. */
function addTriangle(S2: Float64Array, start: number, features: number, at: (row: number, column: number) => number): void {
  for (let i = 0; i < features; i++) {
    for (let j = 0; j <= i; j++) {
      S2[start + i * features + j]! += at(i, j);
      S2[start + j * features + i] = S2[start + i * features + j]!;
    }
  }
}

/**
 * Walks spans in order, sums each chunk by itself and merges the chunks in order.
 *
 * @param addSpan adds the rows of a span to the tally of its chunk
 */
export async function sumByChunks(
  spans: Iterable<Span>,
  scatter: Scatter,
  features: number,
  centres: Float64Array,
  addSpan: (span: Span, tally: Tally) => Promise<void>,
): Promise<Moments> {
  const empty = (): Tally => emptyMoments(scatter, centres.length / features, features, centres);
  let total: Moments = empty();
  let chunk = empty();
  for (const span of spans) {
    await addSpan(span, chunk);
    if (!span.closesChunk) continue;
    total = mergeMoments(total, chunk);
    chunk = empty();
  }
  return total;
}
