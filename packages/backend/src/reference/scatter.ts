import type { GaussianComponents } from "../components.ts";
import { radialOf } from "../radials/table.ts";
import type { SecondMoments } from "../scatters/second-moments.ts";
import { rawSize } from "../scatters/second-moments.ts";
import type { Scatter } from "../scatters/table.ts";
import { scatters } from "../scatters/table.ts";
import type { Block } from "./block.ts";
import { addSmallFull } from "./small-scatter.ts";

/** Sums of one chunk, in the layout the loops like. */
export interface ChunkSums {
  readonly s0: Float64Array;
  readonly s1: Float64Array;
  /** Raw sums: squares, or matrices with padded rows of which the lower triangle is right. With a scratch area, as the scatter lays it down. */
  readonly S2: Float64Array;
  readonly radialMass?: Float64Array;
  readonly extra?: Float64Array;
}

/** What a scatter is summed by. */
export interface Summation {
  readonly kind: SecondMoments;
  readonly count: number;
  readonly features: number;
  readonly centres: Float64Array;
  readonly components: GaussianComponents | undefined;
  readonly chunk: ChunkSums;
  /** Numbers that the raw sums of one component take in `chunk.S2`. */
  readonly stride: number;
  /** Raw sums of one block of rows, for a scatter that makes something else of them. */
  readonly scratch: Float64Array | undefined;
  /** What a scatter makes of the squares of one chunk: a chunk is summed by itself before it is added to the others. */
  readonly collected: Float64Array | undefined;
}

/** Room for the sums of one chunk. */
export function createSummation(
  scatter: Scatter,
  features: number,
  padded: number,
  centres: Float64Array,
  components?: GaussianComponents,
): Summation {
  const kind = scatters[scatter];
  const count = centres.length / features;
  const stride = rawSize(kind.raw, kind.raw === "products" ? padded : features);
  const isRaw = scatters[kind.base] === kind;
  // Squares are few: they are kept for the whole chunk and collected at its end.
  const keepsRaw = isRaw || kind.raw === "squares";
  const size = keepsRaw ? stride * (isRaw && kind.pooled ? 1 : count) : kind.size(count, features, components);
  const { weight, extras } = radialOf(components ?? {});
  return {
    kind,
    count,
    features,
    centres,
    components,
    stride,
    scratch: keepsRaw ? undefined : new Float64Array(stride),
    collected: keepsRaw && !isRaw ? new Float64Array(kind.size(count, features, components)) : undefined,
    chunk: {
      s0: new Float64Array(count),
      s1: new Float64Array(count * features),
      S2: new Float64Array(size),
      ...(weight === undefined ? {} : { radialMass: new Float64Array(count) }),
      ...(extras.length === 0 ? {} : { extra: new Float64Array(count * extras.length) }),
    },
  };
}

/** Adds the rows of a block, whose weighted responsibilities are in `block.terms`, to the sums of the chunk. */
export function addBlock(block: Block, { kind, count, features, centres, components, chunk, stride, scratch }: Summation): void {
  const { padded, capacity, rows, terms } = block;
  const masses = chunk.radialMass ?? chunk.s0;
  const sums = scratch ?? chunk.S2;
  for (let k = 0; k < count; k++) {
    const from = k * capacity;
    let mass = 0;
    let live = 0;
    for (let p = 0; p < rows; p++) {
      const responsibility = terms[from + p]!;
      mass += responsibility;
      // Responsibilities of exactly 0 add nothing: skipping them saves work where components are far apart.
      if (responsibility !== 0) block.live[live++] = p;
    }
    if (live === 0) continue;
    masses[k]! += mass;
    scratch?.fill(0);
    const target = scratch !== undefined || chunk.S2.length === stride ? 0 : k * stride;
    if (kind.raw !== "products") addDiagonal(block, k, live, centres, kind.raw === "squares", chunk.s1, sums, target);
    else if (features <= 4) addSmallFull(block, k, centres, k * features, chunk.s1, sums, target);
    else addFull(block, k, live, centres, chunk.s1, sums, target);
    if (scratch === undefined) continue;
    if (kind.raw === "products") closeRows(scratch, features, padded);
    kind.collect(scratch, 0, k, features, chunk.S2, components);
  }
}

/** Moves the lower triangle of a matrix with padded rows to rows of d. */
function closeRows(matrix: Float64Array, d: number, padded: number): void {
  for (let i = 1; i < d; i++) matrix.copyWithin(i * d, i * padded, i * padded + i + 1);
}

/** First moments and variances: the live rows' responsibilities are gathered once, then features are summed two at a time. */
function addDiagonal(
  block: Block,
  k: number,
  live: number,
  centres: Float64Array,
  squares: boolean,
  s1: Float64Array,
  S2: Float64Array,
  target: number,
): void {
  const { features, capacity, columns, terms, live: rows, perRow } = block;
  for (let q = 0; q < live; q++) perRow[q] = terms[k * capacity + rows[q]!]!;
  const add = (j: number, first: number, second: number): void => {
    s1[k * features + j]! += first;
    if (squares) S2[target + j]! += second;
  };
  let j = 0;
  for (; j + 2 <= features; j += 2) {
    const c0 = centres[k * features + j]!;
    const c1 = centres[k * features + j + 1]!;
    const x0 = j * capacity;
    const x1 = x0 + capacity;
    let a0 = 0;
    let a1 = 0;
    let b0 = 0;
    let b1 = 0;
    for (let q = 0; q < live; q++) {
      const p = rows[q]!;
      const weight = perRow[q]!;
      const u = columns[x0 + p]! - c0;
      const v = columns[x1 + p]! - c1;
      const wu = weight * u;
      const wv = weight * v;
      a0 += wu;
      a1 += wv;
      b0 += wu * u;
      b1 += wv * v;
    }
    add(j, a0, b0);
    add(j + 1, a1, b1);
  }
  if (j === features) return;
  const centre = centres[k * features + j]!;
  let first = 0;
  let second = 0;
  for (let q = 0; q < live; q++) {
    const difference = columns[j * capacity + rows[q]!]! - centre;
    const weighted = perRow[q]! * difference;
    first += weighted;
    second += weighted * difference;
  }
  add(j, first, second);
}

/** Full scatter for d > 4: the live rows are gathered, then tiles of 4 × 2 entries of the lower triangle are summed over them. */
function addFull(block: Block, k: number, live: number, centres: Float64Array, s1: Float64Array, S2: Float64Array, target: number): void {
  const { features, padded, capacity, columns, terms, differences, weighted, live: rows } = block;
  const from = k * capacity;
  for (let j = 0; j < features; j++) {
    const centre = centres[k * features + j]!;
    const column = j * capacity;
    let first = 0;
    for (let q = 0; q < live; q++) {
      const p = rows[q]!;
      const difference = columns[column + p]! - centre;
      const product = terms[from + p]! * difference;
      differences[column + q] = difference;
      weighted[column + q] = product;
      first += product;
    }
    s1[k * features + j]! += first;
  }
  for (let i0 = 0; i0 < padded; i0 += 4) {
    const last = Math.min(i0 + 4, padded);
    for (let j0 = 0; j0 < last; j0 += 2) addTile(weighted, differences, capacity, live, i0, j0, S2, target + i0 * padded + j0, padded);
  }
}

function addTile(
  weighted: Float64Array,
  differences: Float64Array,
  capacity: number,
  live: number,
  i0: number,
  j0: number,
  S2: Float64Array,
  target: number,
  padded: number,
): void {
  let a0 = 0,
    a1 = 0,
    a2 = 0,
    a3 = 0,
    b0 = 0,
    b1 = 0,
    b2 = 0,
    b3 = 0;
  const w0 = i0 * capacity,
    w1 = w0 + capacity,
    w2 = w1 + capacity,
    w3 = w2 + capacity;
  const x0 = j0 * capacity,
    x1 = x0 + capacity;
  for (let q = 0; q < live; q++) {
    const u = differences[x0 + q]!,
      v = differences[x1 + q]!;
    const r0 = weighted[w0 + q]!,
      r1 = weighted[w1 + q]!,
      r2 = weighted[w2 + q]!,
      r3 = weighted[w3 + q]!;
    a0 += r0 * u;
    b0 += r0 * v;
    a1 += r1 * u;
    b1 += r1 * v;
    a2 += r2 * u;
    b2 += r2 * v;
    a3 += r3 * u;
    b3 += r3 * v;
  }
  S2[target]! += a0;
  S2[target + 1]! += b0;
  S2[target + padded]! += a1;
  S2[target + padded + 1]! += b1;
  S2[target + 2 * padded]! += a2;
  S2[target + 2 * padded + 1]! += b2;
  S2[target + 3 * padded]! += a3;
  S2[target + 3 * padded + 1]! += b3;
}

/** Adds a chunk's sums to the totals and empties it for the next chunk. */
export function closeChunk({ kind, features, components, chunk, stride, scratch, collected }: Summation, total: ChunkSums): void {
  addInto(chunk.s0, total.s0);
  addInto(chunk.s1, total.s1);
  if (chunk.radialMass !== undefined) addInto(chunk.radialMass, total.radialMass!);
  if (chunk.extra !== undefined) addInto(chunk.extra, total.extra!);
  if (scratch !== undefined) addInto(chunk.S2, total.S2);
  else {
    const padded = Math.sqrt(stride);
    const S2 = collected ?? total.S2;
    for (let k = 0, from = 0; from < chunk.S2.length; k++, from += stride) {
      if (kind.raw === "products") closeRows(chunk.S2.subarray(from, from + stride), features, padded);
      kind.collect(chunk.S2, from, k, features, S2, components);
    }
    if (collected !== undefined) addInto(collected, total.S2);
  }
  for (const sums of [chunk.s0, chunk.s1, chunk.S2, chunk.radialMass, chunk.extra, collected]) sums?.fill(0);
}

function addInto(from: Float64Array, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}
