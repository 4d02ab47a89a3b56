/** How rows lie in WebAssembly memory: in blocks, feature after feature, each block filled up with zeros. */
export interface Layout {
  /** d */
  readonly features: number;
  /** Numbers kept per row: d, rounded up to the tile of four where d > SMALL. */
  readonly padded: number;
  /** Rows per block, a power of two. */
  readonly block: number;
  /** Numbers from one feature of a block to the next. */
  readonly pitch: number;
  /** Rows whose differences to a centre are held at a time. */
  readonly tile: number;
}

/** Up to here kernels are unrolled for each number of features; see assembly/job.ts. */
export const SMALL = 6;
const BLOCK = 256;
/** A line of cache more than the rows: columns a power of two apart would share the same few places in the cache. */
const GAP = 8;

/** A tile's differences, 8·d bytes per row, should leave room in a first-level cache of 32 KiB. */
export function layoutOf(features: number): Layout {
  // The unrolled kernels are compiled for this block, without a gap.
  if (features <= SMALL) return { features, padded: features, block: BLOCK, pitch: BLOCK, tile: BLOCK };
  const block = features <= 128 ? BLOCK : 64;
  return { features, padded: Math.ceil(features / 4) * 4, block, pitch: block + GAP, tile: features <= 48 ? 64 : 32 };
}

/** Bytes that `rows` rows take. */
export function packedBytes({ padded, block, pitch }: Layout, rows: number): number {
  return Math.ceil(rows / block) * pitch * padded * 8;
}
