import { readError } from "../table/errors.ts";

const LF = 10;

/** A line longer than this is no row. */
const LONGEST_LINE = 2 ** 26;

// A byte order mark inside a line is data, and wrong there.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Cuts bytes into lines of text, wherever the chunks they come in were cut. */
export class LineReader {
  /** Number of the line that `next` gave last, from 1. */
  line = 0;

  readonly #source: string;
  #bytes: Uint8Array = new Uint8Array(0);
  #position = 0;
  #ended = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Adds bytes; they are copied. */
  push(chunk: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#position);
    if (rest.length > LONGEST_LINE)
      throw readError(this.#source, `line ${this.line + 1} is longer than 64 MiB. Write one JSON value per line.`, { row: this.line });
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    this.#bytes = bytes;
    this.#position = 0;
  }

  /** Says that no bytes will follow. */
  end(): void {
    this.#ended = true;
  }

  /** The next line that is not blank, or nothing while more bytes are needed. */
  next(): string | undefined {
    for (;;) {
      const found = this.#bytes.indexOf(LF, this.#position);
      if (found === -1 && (!this.#ended || this.#position === this.#bytes.length)) return undefined;
      const end = found === -1 ? this.#bytes.length : found;
      const text = decoder.decode(this.#bytes.subarray(this.#position, end));
      this.#position = found === -1 ? end : end + 1;
      this.line++;
      if (text.trim() !== "") return text;
    }
  }
}
