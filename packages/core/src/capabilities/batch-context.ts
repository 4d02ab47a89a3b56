/** Options of a batch method. */
export interface BatchContext {
  /** Aborts the call: it rejects with code `aborted`. */
  readonly signal?: AbortSignal;
  /** Whether fields of records may be decimal numbers as text, as drivers of databases give them. Default false. */
  readonly numericStrings?: boolean;
}

/** What batch methods of detectors take, those that give a value for each row. */
export interface DetectorContext extends BatchContext {
  /**
   * What to do with a row that cannot be judged: a cell that is no finite number, a field that is not there, another width. "report" judges the others:
   * such a row has the score NaN and the label 0, and `judge` gives the reasons. Default "error".
   */
  readonly badRows?: "error" | "report";
}

/** A row that could not be judged. */
export interface NotJudgedRow {
  /** Its index, from 0. */
  readonly row: number;
  /** What is wrong with it, in a sentence. */
  readonly reason: string;
}

/** What a batch method takes that returns one number for all rows. */
export interface WeightedBatchContext extends BatchContext {
  /** Frequencies: one finite number ≥ 0 per row. */
  readonly sampleWeight?: ArrayLike<number>;
}
