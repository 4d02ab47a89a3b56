import { readError } from "../table/errors.ts";
import { HeldBytes } from "../table/held-bytes.ts";
import { checkWidth } from "../table/layout.ts";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

/** What a byte outside quotes does. */
const ORDINARY = 0;
const DELIMITER = 1;
const ROW_END = 2;

/** The delimiter of tables whose fields stand between one or more blanks. */
export const BLANKS = "blanks";

/** Where the scanner stands. */
const AT_ROW = 0;
const AT_FIELD = 1;
const PLAIN = 2;
const QUOTED = 3;
const QUOTE_SEEN = 4;
const AFTER_QUOTES = 5;

/** How a field is written: as it is, in quotes, in quotes with doubled quotes inside. */
export const FIELD_PLAIN = 0;
const FIELD_QUOTED = 1;
export const FIELD_DOUBLED = 2;

/** A row longer than this is a quote that was never closed, not a row. */
const LONGEST_ROW = 2 ** 26;

/**
 * Cuts bytes into records and fields (RFC 4180, UTF-8), wherever the chunks they come in were cut.
 *
 * A record is described by `fields`, `starts`, `ends`, `forms` and `line` and is there until the next call. Rows end with LF, CRLF or CR;
 * blank rows are passed over. It works on bytes, not on text: all bytes that mean something are ASCII, so a chunk may end inside a character.
 *
 * @remarks Each byte is looked at once and copied a few times at most; memory is one chunk and twice the longest row.
 */
export class RecordScanner {
  /** The bytes that `starts` and `ends` point into. */
  bytes = new Uint8Array(0);
  /** Fields of the current record. */
  fields = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  forms = new Uint8Array(64);
  /** Line of the file on which the current record begins, from 1. Line breaks within quotes count. */
  line = 1;

  readonly #source: string;
  /** Whether fields stand between runs of blanks. */
  readonly #runs: boolean;
  readonly #kinds = new Uint8Array(256);
  readonly #held = new HeldBytes();
  #rowStart = 0;
  #position = 0;
  #state = AT_ROW;
  #nextLine = 1;
  #afterReturn = false;
  #ended = false;

  /**
   * @param delimiter one character, or {@link BLANKS}
   * @param passed lines that were passed over before
   */
  constructor(delimiter: string, source: string, passed = 0) {
    this.#runs = delimiter === BLANKS;
    if (this.#runs) this.#kinds[SPACE] = this.#kinds[TAB] = DELIMITER;
    else this.#kinds[delimiter.charCodeAt(0)] = DELIMITER;
    this.line = this.#nextLine = passed + 1;
    this.#kinds[LF] = ROW_END;
    this.#kinds[CR] = ROW_END;
    this.#source = source;
  }

  /** Adds a chunk, which is copied, and lets go of the records before it. */
  push(chunk: Uint8Array): void {
    const moved = this.#held.push(chunk, this.#state === AT_ROW ? this.#position : this.#rowStart);
    this.bytes = this.#held.bytes;
    if (moved === 0) return;
    for (let field = 0; field <= this.fields && field < this.starts.length; field++) {
      this.starts[field]! -= moved;
      this.ends[field]! -= moved;
    }
    this.#position -= moved;
    this.#rowStart -= moved;
  }

  /** The bytes of the current record, with its line break. */
  get raw(): Uint8Array {
    return this.bytes.subarray(this.#rowStart, this.#position);
  }

  /** Says that no chunk follows, so that a last row without a line break is a row. */
  end(): void {
    this.#ended = true;
  }

  /** Moves to the next record, or returns `false` when it needs another chunk or, after `end()`, when there is none. */
  next(): boolean {
    for (;;) {
      if (this.#state === AT_ROW && !this.#startRow()) return false;
      const whole = this.#scan();
      if (this.#position - this.#rowStart > LONGEST_ROW) throw this.#tooLong();
      if (!whole) return false;
      this.#state = AT_ROW;
      if (!this.#isBlank()) return true;
    }
  }

  /** Passes over blank rows; `false` when the bytes end there. */
  #startRow(): boolean {
    const { bytes } = this;
    for (; this.#position < bytes.length; this.#position++) {
      const byte = bytes[this.#position]!;
      if (byte === LF && this.#afterReturn) this.#afterReturn = false;
      else if (byte === LF) this.#nextLine++;
      else if (byte === CR) {
        this.#nextLine++;
        this.#afterReturn = true;
      } else {
        this.#afterReturn = false;
        this.#rowStart = this.#position;
        this.#state = AT_FIELD;
        this.fields = 0;
        this.line = this.#nextLine;
        return true;
      }
    }
    return false;
  }

  /** Scans on to the end of the row; `false` when the bytes end first. */
  #scan(): boolean {
    const { bytes } = this;
    const kinds = this.#kinds;
    const length = bytes.length;
    let position = this.#position;
    let state = this.#state;
    for (;;) {
      if (state === AT_FIELD) {
        if (this.#runs) {
          while (position < length && (bytes[position] === SPACE || bytes[position] === TAB)) position++;
          if (position < length && this.fields > 0 && kinds[bytes[position]!] === ROW_END) {
            this.#endRow(bytes[position]!, position + 1);
            return true;
          }
        }
        if (this.fields === this.starts.length) this.#growFields();
        this.forms[this.fields] = FIELD_PLAIN;
        if (position === length) {
          this.starts[this.fields] = position;
          break;
        }
        if (bytes[position] === QUOTE) {
          this.forms[this.fields] = FIELD_QUOTED;
          this.starts[this.fields] = ++position;
          state = QUOTED;
        } else {
          this.starts[this.fields] = position;
          state = PLAIN;
        }
      }
      if (state === PLAIN) {
        while (position < length && kinds[bytes[position]!] === ORDINARY) position++;
        if (position === length) break;
        this.ends[this.fields] = position;
      } else if (state === QUOTED) {
        while (position < length && bytes[position] !== QUOTE) {
          const byte = bytes[position]!;
          if (byte === CR || (byte === LF && bytes[position - 1] !== CR)) this.#nextLine++;
          position++;
        }
        if (position === length) break;
        this.ends[this.fields] = position++;
        state = QUOTE_SEEN;
      }
      if (state === QUOTE_SEEN) {
        if (position === length) break;
        if (bytes[position] === QUOTE) {
          this.forms[this.fields] = FIELD_DOUBLED;
          position++;
          state = QUOTED;
          continue;
        }
        state = AFTER_QUOTES;
      }
      if (state === AFTER_QUOTES) {
        while (position < length && (bytes[position] === SPACE || bytes[position] === TAB) && kinds[bytes[position]!] === ORDINARY)
          position++;
        if (position === length) break;
        if (kinds[bytes[position]!] === ORDINARY) throw this.#textAfterQuotes();
      }
      const byte = bytes[position++]!;
      this.fields++;
      state = AT_FIELD;
      if (kinds[byte] === ROW_END) {
        this.#endRow(byte, position);
        return true;
      }
    }
    this.#position = position;
    this.#state = state;
    return this.#ended && this.#finish();
  }

  #endRow(byte: number, position: number): void {
    this.#nextLine++;
    this.#afterReturn = byte === CR;
    this.#position = position;
  }

  /** The last row of a file that does not end with a line break. */
  #finish(): boolean {
    if (this.#state === QUOTED) {
      throw readError(
        this.#source,
        `the quoted field that begins in the row of line ${this.line} is never closed. Add the missing " or remove the lone one.`,
        {
          row: this.line,
        },
      );
    }
    if (this.#runs && this.#state === AT_FIELD && this.fields > 0) return true; // blanks at its end part nothing
    if (this.forms[this.fields] === FIELD_PLAIN) this.ends[this.fields] = this.#position;
    this.fields++;
    return true;
  }

  /** A row of nothing but spaces is blank, unless they are in quotes. */
  #isBlank(): boolean {
    if (this.fields !== 1 || this.forms[0] !== FIELD_PLAIN) return false;
    for (let at = this.starts[0]!; at < this.ends[0]!; at++) if (this.bytes[at] !== SPACE && this.bytes[at] !== TAB) return false;
    return true;
  }

  #growFields(): void {
    checkWidth(this.fields, this.#source);
    const grow = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(2 * from.length);
      to.set(from);
      return to;
    };
    this.starts = grow(this.starts);
    this.ends = grow(this.ends);
    const forms = new Uint8Array(2 * this.forms.length);
    forms.set(this.forms);
    this.forms = forms;
  }

  #tooLong(): Error {
    const problem = `line ${this.line} starts a row of more than ${LONGEST_ROW} bytes. Most likely a quote is never closed; look for a lone " there.`;
    return readError(this.#source, problem);
  }

  #textAfterQuotes(): Error {
    const problem = `line ${this.line}, field ${this.fields + 1}: text follows the closing quote. Double the quotes inside a quoted field ("").`;
    return readError(this.#source, problem, { row: this.line });
  }
}
