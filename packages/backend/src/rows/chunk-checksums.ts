import { CHUNK_ROWS } from "../contract.ts";

/**
 * Checksums per chunk, each of every 17th number. A walk compares one of them, and the next walk the next one: a full comparison would cost a fifth of
 * a pass of k-means, this a hundredth. Seventeen shares no divisor with most numbers of columns, so that each of them looks at all columns.
 */
const LANES = 17;

/** Multipliers of MurmurHash3: odd, so that no step forgets a bit. */
const FIRST = 0x85ebca6b;
const SECOND = 0xc2b2ae35;

/** Numbers up to which a walk compares all of them: it takes no longer than the walk's other work. */
const FEW = 512;

const ones = /* @__PURE__ */ new Float64Array(CHUNK_ROWS).fill(1);

type Compared = [numbers: Float64Array, rows: number, weights: Float64Array | undefined];

/** What is kept of a walk over chunks, to tell whether later walks are over the same rows. */
export interface Checksums {
  /** Of the first walk, chunk by chunk. Weights that are absent are weights of 1. */
  add(...chunk: Compared): void;
  /** Whether a chunk of walk number `walk` is that of the first walk, as far as this walk looks. */
  isSame(chunk: number, walk: number, ...compared: Compared): boolean;
  /** The same by all numbers. */
  isSameInFull(chunk: number, ...compared: Compared): boolean;
}

/** Starts checksums. 68 bytes per chunk. */
export function createChecksums(): Checksums {
  const kept: Int32Array[] = [];
  const isSameInLane = (lane: number, chunk: number, ...[numbers, rows, weights]: Compared): boolean =>
    kept[chunk]![lane] === checksum(lane, numbers, rows, weights);
  const isSameInFull: Checksums["isSameInFull"] = (chunk, ...compared) =>
    kept[chunk]!.every((_, lane) => isSameInLane(lane, chunk, ...compared));
  return {
    add(numbers, rows, weights) {
      kept.push(Int32Array.from({ length: LANES }, (_, lane) => checksum(lane, numbers, rows, weights)));
    },
    isSame: (chunk, walk, ...compared) =>
      compared[0].length <= FEW ? isSameInFull(chunk, ...compared) : isSameInLane(walk % LANES, chunk, ...compared),
    isSameInFull,
  };
}

function checksum(lane: number, numbers: Float64Array, rows: number, weights: Float64Array = ones): number {
  return mixed(lane, weights.subarray(0, rows), mixed(lane, numbers, rows));
}

/** Two chains of products, so that the processor waits half as long for each. */
function mixed(lane: number, numbers: Float64Array, seed: number): number {
  const words = new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  let low = seed | 0;
  let high = ~seed;
  for (let at = 2 * lane; at < words.length; at += 2 * LANES) {
    low = Math.imul(low ^ words[at]!, FIRST);
    high = Math.imul(high ^ words[at + 1]!, SECOND);
  }
  return low ^ ((high << 16) | (high >>> 16));
}
