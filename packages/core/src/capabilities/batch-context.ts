/** Options of a batch method. */
export interface BatchContext {
  /** Aborts the call: it rejects with code `aborted`. */
  readonly signal?: AbortSignal;
}

/** What a batch method takes that returns one number for all rows. */
export interface WeightedBatchContext extends BatchContext {
  /** Frequencies: one finite number ≥ 0 per row. */
  readonly sampleWeight?: ArrayLike<number>;
}
