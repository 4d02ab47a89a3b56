/**
 * The arguments of a pass, at an address that the host gives. The fields are in the order of JOB_FIELDS in src/job.ts; all are 32 bits wide.
 * Addresses are in bytes; numbers at them are doubles unless said otherwise.
 */
@unmanaged
export class Job {
  /** d, d padded to the tile (d itself up to SMALL), and k. */
  features: u32;
  padded: u32;
  count: u32;
  /** Rows per block of the data, and bytes from one feature to the next in it. */
  block: u32;
  pitch: u32;
  /** Rows worked on at a time, a divisor of the block; and rows whose differences are held at a time, a divisor of that. Multiples of 8. */
  step: u32;
  tile: u32;
  /** Bytes between two components in `terms`. */
  termStride: u32;
  /** SHAPE_*, SCATTER_*, ASSIGN_*. */
  shape: u32;
  scatter: u32;
  assignment: u32;
  /** The fallback component, the first of positive weight: it takes the rows without a finite log-density. */
  fallback: u32;
  /** Rows in blocks: padded × block each, feature after feature. */
  data: usize;
  /** Weight per row, or 0. */
  weights: usize;
  /** Label per row as i32, or 0. */
  labels: usize;
  /** k × padded. For SHAPE_SHARED already whitened. */
  means: usize;
  /** Packed for the shape; `factorStride` bytes from one component to the next. */
  factors: usize;
  factorStride: u32;
  /** k */
  offsets: usize;
  /** k × padded */
  centres: usize;
  /** Scratch: k × termStride; step each; at least 4 and padded × tile each; step + 2 u32s. */
  terms: usize;
  best: usize;
  perRow: usize;
  differences: usize;
  weighted: usize;
  live: usize;
  /** Sums of a span, of a chunk and of all: `sumsBytes` each. s0 (k, padded to even), s1 (k × padded), S2, then 4 numbers. */
  span: usize;
  chunk: usize;
  total: usize;
  sumsBytes: u32;
  /** Byte offsets of s1, S2 and the four scalars in the sums. */
  s1: u32;
  S2: u32;
  scalars: u32;
  /** What kernels with an output per row write to, from its first row on. */
  out: usize;
  out2: usize;
  /** GUESS_*: whether likely components per row are known from the last pass; their address, as u32. */
  guessing: u32;
  guesses: usize;
  /** For each pair of components a direction (panels of four, see assembly/sparse.ts) and what is added to the projection on it: k × k. */
  directions: usize;
  distances: usize;
  /** Scratch of the sparse path: k × step u32s, k u32s. */
  lists: usize;
  counts: usize;
  /** 1 where full factors and scatters are worked on in single precision; `factors32` then holds the factors so. */
  single: u32;
  factors32: usize;
  /** For ASSIGN_POTENTIALS: the squared distance per row to the nearest centre so far. */
  potentials: usize;
  /** 1 where only the nearest mean of each row is asked for: components with no offsets and distances in the data's own units. */
  nearest: u32;
  /** The means in single precision, in panels of four (see assembly/screen.ts), where the nearest is looked for in them first; or 0. */
  screen: usize;
}

export const SHAPE_SMALL: u32 = 0;
export const SHAPE_FULL: u32 = 1;
export const SHAPE_SHARED: u32 = 2;
export const SHAPE_DIAG: u32 = 3;
export const SHAPE_SPHERICAL: u32 = 4;

export const SCATTER_FULL: u32 = 0;
export const SCATTER_POOLED: u32 = 1;
export const SCATTER_DIAG: u32 = 2;
export const SCATTER_SPHERICAL: u32 = 3;
export const SCATTER_NONE: u32 = 4;

export const ASSIGN_SOFT: u32 = 0;
export const ASSIGN_HARD: u32 = 1;
export const ASSIGN_LABELS: u32 = 2;
/** Nothing is assigned: s0 sums what each component would leave of the potentials. */
export const ASSIGN_POTENTIALS: u32 = 3;

/** Up to here features are unrolled, and not padded. */
export const SMALL: u32 = 6;

export const GUESS_NONE: u32 = 0;
/** Terms are computed as ever, and the likeliest components noted. */
export const GUESS_LEARN: u32 = 1;
/** Terms that cannot matter are left out. */
export const GUESS_USE: u32 = 2;
