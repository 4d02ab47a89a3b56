import { CHUNK_ROWS } from "../contract.ts";

/** A run of rows that is worked on at once. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Whether a chunk of CHUNK_ROWS rows, or the data, ends here. */
  readonly closesChunk: boolean;
}

/** Multiplications between two turns of the event loop: about 15 ms on a plain JavaScript library. */
const WORK_PER_SPAN = 2 ** 22;
const FEWEST_ROWS = 64;

/**
 * Cuts rows into spans that never cross the end of a chunk. Where one row costs much, a chunk becomes several spans; their number depends
 * on the sizes alone, so the same rows give the same bits.
 */
export function* spansOf(rows: number, features: number, count: number): Generator<Span> {
  const size = spanRows(features, count);
  for (let start = 0; start < rows; start += size) {
    const end = Math.min(start + size, rows);
    yield { start, end, closesChunk: end === rows || end % CHUNK_ROWS === 0 };
  }
}

/** Most rows of a span: a power of two that divides CHUNK_ROWS. An exponential is reckoned as eight multiplications. */
export function spanRows(features: number, count: number): number {
  const affordable = 2 ** Math.floor(Math.log2(WORK_PER_SPAN / Math.max(features * features, 8 * count)));
  return Math.min(CHUNK_ROWS, Math.max(FEWEST_ROWS, affordable));
}
