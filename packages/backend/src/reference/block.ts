import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { CHUNK_ROWS } from "../contract.ts";

/** A few rows at a time, small enough to stay in cache, with the buffers that the work on them needs. */
export interface Block {
  /** Distance between two features in `columns`, and between two components in `terms`. A power of two that divides CHUNK_ROWS. */
  readonly capacity: number;
  /** d, and d rounded up to the tile of four. Features from d on are zeros. */
  readonly features: number;
  readonly padded: number;
  /** The rows' numbers, feature after feature: padded × capacity. */
  readonly columns: Float64Array;
  /** Log-terms of the components, then their responsibilities: k × capacity. */
  readonly terms: Float64Array;
  /** Scratch for differences to a point, plain and weighted: padded × capacity each. */
  readonly differences: Float64Array;
  readonly weighted: Float64Array;
  /** Scratch of one number per row. */
  readonly perRow: Float64Array;
  /** Squared distances to the components, k × capacity, where moments weight rows by them. */
  readonly squares: Float64Array | undefined;
  /** Row indices with a positive responsibility. */
  readonly live: Int32Array;
  /** Index of the first row in the data, and the number of rows held. */
  start: number;
  rows: number;
}

/** Fills `block.terms` with the log-terms log(πₖ pₖ(x)) of every component for the rows of the block. */
export type LogTerms = (block: Block) => void;

/** Multiplications that one block may cost: about 5 ms, so that the event loop gets its turns between blocks. */
const WORK_PER_BLOCK = 4e6;

/** An empty block for k components in d dimensions. Its capacity depends on nothing else, so results do not either. */
export function createBlock(features: number, count: number, keepsSquares = false): Block {
  const padded = features <= 4 ? features : Math.ceil(features / 4) * 4;
  const affordable = 2 ** Math.floor(Math.log2(WORK_PER_BLOCK / (count * padded * padded)));
  const capacity = Math.min(features <= 4 ? 256 : 64, Math.max(8, affordable));
  return {
    capacity,
    features,
    padded,
    columns: new Float64Array(padded * capacity),
    terms: new Float64Array(count * capacity),
    differences: new Float64Array(padded * capacity),
    weighted: new Float64Array(padded * capacity),
    perRow: new Float64Array(capacity),
    squares: keepsSquares ? new Float64Array(count * capacity) : undefined,
    live: new Int32Array(capacity),
    start: 0,
    rows: 0,
  };
}

/** Fills the block with rows `start …`, feature after feature. */
function loadBlock(block: Block, data: Matrix, start: number): void {
  const { capacity, columns, features } = block;
  const rows = Math.min(capacity, data.rows - start);
  block.start = start;
  block.rows = rows;
  const source = data.data;
  let from = start * features;
  for (let p = 0; p < rows; p++) for (let j = 0; j < features; j++) columns[j * capacity + p] = source[from++]!;
  // The tiles take rows in pairs: what an odd last row is paired with must be finite.
  if (rows % 2 === 1) for (let j = 0; j < features; j++) columns[j * capacity + rows] = 0;
}

/**
 * Walks the rows block by block, and calls `endChunk` whenever CHUNK_ROWS rows are done and at the end.
 * The pace is kept between blocks.
 */
export async function walkBlocks(
  data: Matrix,
  block: Block,
  pace: Pace | undefined,
  visit: () => void,
  endChunk?: () => void,
): Promise<void> {
  pace?.check();
  for (let start = 0; start < data.rows; start += block.capacity) {
    loadBlock(block, data, start);
    visit();
    const next = start + block.rows;
    if (endChunk !== undefined && (next === data.rows || next % CHUNK_ROWS === 0)) endChunk();
    if (pace?.due()) await pace.turn();
  }
}
