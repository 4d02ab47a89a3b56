import { readError } from "../table/errors.ts";
import { HeldBytes } from "../table/held-bytes.ts";

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
  readonly #held = new HeldBytes();
  #position = 0;
  /** No line ends before this place. */
  #searched = 0;
  #ended = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Adds bytes; they are copied. */
  push(chunk: Uint8Array): void {
    const moved = this.#held.push(chunk, this.#position);
    this.#position -= moved;
    this.#searched -= moved;
  }

  /** Says that no bytes will follow. */
  end(): void {
    this.#ended = true;
  }

  /** The next line that is not blank, or nothing while more bytes are needed. */
  next(): string | undefined {
    const { bytes } = this.#held;
    for (;;) {
      const found = bytes.indexOf(LF, Math.max(this.#position, this.#searched));
      const end = found === -1 ? bytes.length : found;
      if (end - this.#position > LONGEST_LINE)
        throw readError(this.#source, `line ${this.line + 1} is longer than 64 MiB. Write one JSON value per line.`, { row: this.line });
      this.#searched = end;
      if (found === -1 && (!this.#ended || this.#position === bytes.length)) return undefined;
      const text = decoder.decode(bytes.subarray(this.#position, end));
      this.#position = found === -1 ? end : end + 1;
      this.line++;
      if (text.trim() !== "") return text;
    }
  }
}
