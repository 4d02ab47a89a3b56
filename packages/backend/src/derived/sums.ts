import type { Matrix } from "@mixtura/core";
import type { GaussianComponents } from "../components.ts";
import type { Primitives } from "../contract.ts";
import type { Moments } from "../moments.ts";
import { mergeMoments } from "../merge-moments.ts";
import { emptyMoments } from "../moments.ts";
import { rawSize } from "../scatters/second-moments.ts";
import type { Scatter } from "../scatters/table.ts";
import { scatters } from "../scatters/table.ts";
import type { Span } from "./spans.ts";

/** Moments that are still being added to. */
export type Tally = { -readonly [Field in keyof Moments]: Moments[Field] };

/**
 * Mass, first and second moments of rows about a centre, in one matrix product.
 *
 * With a column of ones next to the differences, Σ w (x − c, 1)(x − c, 1)ᵀ holds all three: (d+1)×(d+1) for products. Squares
 * need Σ w ((x − c)², x − c, 1) only: (2d+1)×1.
 *
 * @param weights rows×1
 * @param ones rows×1
 */
export function weightedSums<H>(device: Primitives<H>, rows: H, centre: H, weights: H, ones: H, scatter: Scatter): H {
  const difference = device.subtract(rows, centre);
  const { raw } = scatters[scatter];
  if (raw === "products") {
    const extended = device.joinColumns([difference, ones]);
    return device.matmul(device.multiply(extended, weights), extended, { transposeA: true });
  }
  const parts = raw === "nothing" ? [difference, ones] : [device.square(difference), difference, ones];
  return device.matmul(device.joinColumns(parts), weights, { transposeA: true });
}

/**
 * Adds downloaded {@link weightedSums} to a tally.
 *
 * @param sums the sums of several components side by side
 * @param which the components that they belong to
 * @param components those of the pass; absent where rows are labelled
 */
export function addSums(tally: Tally, sums: Matrix, which: readonly number[], components?: GaussianComponents): void {
  const { scatter, features: d, s0, s1, S2, radialMass } = tally;
  const { raw, collect } = scatters[scatter];
  const masses = radialMass ?? s0;
  const width = sums.columns / which.length;
  const massRow = sums.rows - 1;
  const products = raw === "products";
  const rawSums = new Float64Array(rawSize(raw, d));
  which.forEach((k, position) => {
    const at = (row: number, column: number): number => sums.data[row * sums.columns + position * width + column]!;
    masses[k]! += at(massRow, products ? massRow : 0);
    for (let j = 0; j < d; j++) s1[k * d + j]! += products ? at(massRow, j) : at(massRow - d + j, 0);
    if (products) for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) rawSums[i * d + j] = at(i, j);
    else for (let j = 0; j < rawSums.length; j++) rawSums[j] = at(j, 0);
    collect(rawSums, 0, k, d, S2, components);
  });
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
  components: GaussianComponents | undefined,
  addSpan: (span: Span, tally: Tally) => Promise<void>,
): Promise<Moments> {
  const empty = (): Tally => emptyMoments(scatter, centres.length / features, features, centres, components);
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
