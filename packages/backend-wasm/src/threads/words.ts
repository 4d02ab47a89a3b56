/** The 32-bit words that threads talk through, by index. */

/** Counts up whenever there is something new for the workers. */
export const GENERATION = 0;
/** The next span that nobody has taken. */
export const NEXT = 1;
/** Spans whose sums have been added, in order. */
export const MERGED = 2;
/** Workers that are looking at a pass. */
export const ACTIVE = 3;
/** 1 while a pass may be worked on. */
export const OPEN = 4;
/** 1 when the pass was cancelled. */
export const CANCELLED = 5;
/** 1 when the workers are to leave this memory. */
export const DETACH = 6;
/** What is to be done: an index into KINDS. */
export const KIND = 7;
/** First row, end, rows of one call, row that outputs are counted from. */
export const START = 8;
export const END = 9;
export const SLICE = 10;
export const ORIGIN = 11;
/** Workers that serve this memory. */
export const READY = 12;
/** Addresses of the jobs, one per thread. */
export const JOBS = 16;
/** The most threads: words left for their jobs. */
export const MAX_THREADS = 64;

/** Exports of the binaries that work on rows. The first is summed, span by span and in order; the others write numbers per row. */
export const KINDS = ["moments", "logDensities", "responsibilities", "squaredMahalanobis", "labels"] as const;
export type Kind = (typeof KINDS)[number];
