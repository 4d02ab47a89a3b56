import type { Scatter } from "../moments.ts";
import type { Block } from "./block.ts";
import { addSmallFull } from "./small-scatter.ts";

/** Sums of one chunk, in the layout the loops like; `S2` of a full scatter has padded rows and only its lower triangle is right. */
export interface ChunkSums {
  readonly s0: Float64Array;
  readonly s1: Float64Array;
  readonly S2: Float64Array;
}

/** Room for the sums of one chunk. */
export function createChunkSums(scatter: Scatter, count: number, features: number, padded: number): ChunkSums {
  const matrices = scatter === "full" ? count : scatter === "pooled" ? 1 : 0;
  const size = matrices > 0 ? matrices * padded * padded : scatter === "diag" ? count * features : scatter === "spherical" ? count : 0;
  return { s0: new Float64Array(count), s1: new Float64Array(count * features), S2: new Float64Array(size) };
}

/** Adds the rows of a block, whose weighted responsibilities stand in `block.terms`, to the sums of the chunk. */
export function addBlock(block: Block, scatter: Scatter, count: number, centres: Float64Array, sums: ChunkSums): void {
  const { features, padded, capacity, rows, terms } = block;
  for (let k = 0; k < count; k++) {
    const from = k * capacity;
    let mass = 0;
    let live = 0;
    for (let p = 0; p < rows; p++) {
      const share = terms[from + p]!;
      mass += share;
      // Shares that are exactly 0 add nothing: without them the work shrinks where components are apart.
      if (share !== 0) block.live[live++] = p;
    }
    if (live === 0) continue;
    sums.s0[k]! += mass;
    if (scatter === "full" || scatter === "pooled") {
      const target = scatter === "full" ? k * padded * padded : 0;
      if (features <= 4) addSmallFull(block, k, centres, k * features, sums.s1, sums.S2, target);
      else addFull(block, k, live, centres, sums, target);
    } else {
      addDiagonal(block, k, live, centres, scatter, sums);
    }
  }
}

/** First moments and variances: the live rows' responsibilities are gathered once, then features are summed two at a time. */
function addDiagonal(block: Block, k: number, live: number, centres: Float64Array, scatter: Scatter, { s1, S2 }: ChunkSums): void {
  const { features, capacity, columns, terms, live: rows, perRow } = block;
  for (let q = 0; q < live; q++) perRow[q] = terms[k * capacity + rows[q]!]!;
  const add = (j: number, first: number, second: number): void => {
    s1[k * features + j]! += first;
    if (scatter === "diag") S2[k * features + j]! += second;
    else if (scatter === "spherical") S2[k]! += second;
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
      const share = perRow[q]!;
      const u = columns[x0 + p]! - c0;
      const v = columns[x1 + p]! - c1;
      const wu = share * u;
      const wv = share * v;
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
function addFull(block: Block, k: number, live: number, centres: Float64Array, { s1, S2 }: ChunkSums, target: number): void {
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
export function closeChunk(chunk: ChunkSums, total: ChunkSums, scatter: Scatter, features: number, padded: number): void {
  addInto(chunk.s0, total.s0);
  addInto(chunk.s1, total.s1);
  if (scatter !== "full" && scatter !== "pooled") {
    addInto(chunk.S2, total.S2);
  } else {
    const matrices = chunk.S2.length / (padded * padded);
    for (let m = 0; m < matrices; m++) {
      const from = m * padded * padded;
      const to = m * features * features;
      for (let i = 0; i < features; i++) {
        for (let j = 0; j <= i; j++) {
          const sum = total.S2[to + i * features + j]! + chunk.S2[from + i * padded + j]!;
          total.S2[to + i * features + j] = sum;
          total.S2[to + j * features + i] = sum;
        }
      }
    }
  }
  chunk.s0.fill(0);
  chunk.s1.fill(0);
  chunk.S2.fill(0);
}

function addInto(from: Float64Array, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}
