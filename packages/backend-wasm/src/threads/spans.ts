import type { WasmExports } from "../webassembly.ts";
import { CANCELLED, END, JOBS, KIND, KINDS, MERGED, NEXT, ORIGIN, SLICE, START } from "./words.ts";

/**
 * Rows that one thread sums by itself before its sums are added to the others', always in the order of the rows: the result does not depend
 * on who did what. A divisor of CHUNK_ROWS, a multiple of every block.
 */
export const SPAN_ROWS = 1024;
/** CHUNK_ROWS of the backend contract, here as a number: this file is part of the worker's program. */
const CHUNK_ROWS = 4096;

export type Progress = "working" | "waiting" | "done";

/** One thread's part of a pass: it takes spans of rows until none is left. */
export class SpanWork {
  readonly #exports: WasmExports;
  readonly #words: Int32Array;
  readonly #job: number;
  #span = -1;
  #row = 0;
  #end = 0;

  constructor(exports: WasmExports, words: Int32Array, thread: number) {
    this.#exports = exports;
    this.#words = words;
    this.#job = words[JOBS + thread]!;
  }

  /** Does one slice of work. "waiting": sums are ready, but those of the rows before are not added yet. */
  next(): Progress {
    const words = this.#words;
    if (Atomics.load(words, CANCELLED) === 1) return "done";
    if (this.#span === -1 && !this.#takeSpan()) return "done";
    const kind = KINDS[words[KIND]!]!;
    if (this.#row < this.#end) {
      const end = Math.min(this.#row + words[SLICE]!, this.#end);
      this.#exports[kind](this.#job, this.#row, end, words[ORIGIN]!);
      this.#row = end;
      return "working";
    }
    if (kind === "moments") {
      if (Atomics.load(words, MERGED) !== this.#span) return "waiting";
      this.#exports.closeSpan(this.#job, this.#end % CHUNK_ROWS === 0 || this.#end === words[END]!);
    }
    Atomics.add(words, MERGED, 1);
    Atomics.notify(words, MERGED);
    this.#span = -1;
    return "working";
  }

  #takeSpan(): boolean {
    const words = this.#words;
    const span = Atomics.add(words, NEXT, 1);
    const row = words[START]! + span * SPAN_ROWS;
    if (row >= words[END]!) return false;
    this.#span = span;
    this.#row = row;
    this.#end = Math.min(row + SPAN_ROWS, words[END]!);
    return true;
  }
}
