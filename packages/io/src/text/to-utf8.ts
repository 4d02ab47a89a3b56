import { show } from "@mixtura/core/authoring";
import { readError } from "../table/errors.ts";
import { asciiUntil, sequenceLength, validUntil, wordsOf } from "./utf8.ts";
import { utf16Text } from "./utf16.ts";
import { isWesternRun, LONGEST_RUN, windows1252ToUTF8 } from "./windows-1252.ts";

/** How a text is written in bytes. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What is asked for: an encoding, or to find it out. */
export type EncodingChoice = TextEncoding | "auto" | "latin1";

/** What was found out about a text by the time it was read. */
export interface TextForm {
  readonly encoding: TextEncoding;
  /** Whether it begins with a byte order mark. */
  readonly byteOrderMark: boolean;
}

const EMPTY = new Uint8Array(0);

const MARKS: readonly (readonly [encoding: TextEncoding, mark: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Bytes of a line that are shown before the one that is wrong. */
const SHOWN = 24;

/**
 * Turns a text, given as bytes or characters in pieces cut anywhere, into checked UTF-8 without its byte order mark.
 *
 * A byte order mark says what follows, and counts for more than what was asked for. Without one, and with nothing asked for, the text is UTF-8 unless the first byte above 127
 * belongs to no UTF-8 sequence and can only be Western European text: then it is Windows-1252, and `form` says so. Everything else is an error.
 * What comes out does not depend on where the pieces were cut.
 *
 * @remarks UTF-8 is looked at, four bytes at a time where they are ASCII, and handed on without a copy.
 */
export class ToUTF8 {
  readonly #name: string;
  readonly #encoder = new TextEncoder();
  #encoding: TextEncoding | "auto" | "western";
  #mark = false;
  #started = false;
  /** Bytes that wait for the next piece. */
  #held: Uint8Array = EMPTY;
  /** The first half of a surrogate pair that waits for its second. */
  #half = "";
  /** How many bytes were handed on, and the last of them. */
  #passed = 0;
  #tail: Uint8Array = EMPTY;

  /** @param name what errors call the source */
  constructor(choice: EncodingChoice, name: string) {
    this.#encoding = choice === "latin1" ? "windows-1252" : choice;
    this.#name = name;
  }

  get form(): TextForm {
    const encoding = this.#encoding === "auto" ? "utf-8" : this.#encoding === "western" ? "windows-1252" : this.#encoding;
    return { encoding, byteOrderMark: this.#mark };
  }

  /**
   * Bytes of the text, in its encoding; what comes back may lie in the same memory.
   *
   * @throws MixturaError `read-error`
   */
  bytes(chunk: Uint8Array): Uint8Array {
    if (this.#half !== "") throw this.#halfPair();
    return this.#bytes(chunk, false);
  }

  /**
   * What is left when nothing follows.
   *
   * @throws MixturaError `read-error` where a character is not whole
   */
  end(): Uint8Array {
    if (this.#half !== "") throw this.#halfPair();
    return this.#held.length === 0 ? EMPTY : this.#bytes(EMPTY, true);
  }

  #bytes(chunk: Uint8Array, last: boolean): Uint8Array {
    let bytes = chunk;
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#held.length + chunk.length);
      bytes.set(this.#held);
      bytes.set(chunk, this.#held.length);
      this.#held = EMPTY;
    }
    if (!this.#started) {
      if (!last && MARKS.some(([, mark]) => bytes.length < mark.length && bytes.every((byte, k) => byte === mark[k])))
        return this.#handOn(bytes, 0, EMPTY);
      const [encoding, mark] = MARKS.find(([, marked]) => marked.every((byte, k) => byte === bytes[k])) ?? [this.#encoding, []];
      this.#started = true;
      this.#encoding = encoding;
      this.#mark = mark.length > 0;
      this.#passed += mark.length;
      bytes = bytes.subarray(mark.length);
    }
    return this.#convert(bytes, last);
  }

  /**
   * Characters of the text, as UTF-8.
   *
   * @throws MixturaError `read-error` for half a surrogate pair, which no encoding can write
   */
  text(piece: string): Uint8Array {
    if (piece === "") return EMPTY;
    if (this.#held.length > 0) throw readError(this.#name, "text follows bytes that end within a character. Pass one or the other.");
    let text = this.#half + piece;
    if (!this.#started) {
      this.#started = true;
      this.#encoding = "utf-8";
      this.#mark = text.startsWith("\uFEFF");
      if (this.#mark) text = text.slice(1);
    }
    const code = text.charCodeAt(text.length - 1);
    const hold = code >= 0xd800 && code <= 0xdbff;
    this.#half = hold ? text.slice(-1) : "";
    if (hold) text = text.slice(0, -1);
    if (!isWellFormed(text)) throw this.#halfPair();
    return this.#encoder.encode(text);
  }

  #convert(bytes: Uint8Array, last: boolean): Uint8Array {
    switch (this.#encoding) {
      case "auto": {
        const at = asciiUntil(bytes, 0, wordsOf(bytes));
        if (at === bytes.length) return this.#handOn(bytes, at, bytes);
        const length = sequenceLength(bytes, at);
        if (length < 0 && !last) return this.#handOn(bytes, at, bytes.subarray(0, at));
        this.#encoding = length > 0 ? "utf-8" : "western";
        return this.#convert(bytes, last);
      }
      case "utf-8": {
        const at = validUntil(bytes, 0);
        if (at < bytes.length && (last || sequenceLength(bytes, at) === 0)) throw this.#notUTF8(bytes, at);
        return this.#handOn(bytes, at, bytes.subarray(0, at));
      }
      case "western": {
        const end = this.#westernUntil(bytes, last);
        return this.#handOn(bytes, end, windows1252ToUTF8(bytes.subarray(0, end)));
      }
      case "windows-1252":
        return this.#handOn(bytes, bytes.length, windows1252ToUTF8(bytes));
      case "utf-16le":
      case "utf-16be": {
        const { text, used, broken } = utf16Text(bytes, this.#encoding === "utf-16le", last);
        if (broken || (last && used < bytes.length)) throw this.#notUTF16(used);
        return this.#handOn(bytes, used, this.#encoder.encode(text));
      }
    }
  }

  /** Keeps what lies behind `used` for the next piece. */
  #handOn(bytes: Uint8Array, used: number, converted: Uint8Array): Uint8Array {
    if (used < bytes.length) this.#held = bytes.slice(used);
    if (used > 0) this.#tail = this.#lastBytes(bytes, used);
    this.#passed += used;
    return converted;
  }

  /** The last bytes before `end`, as many as errors show, also where they came with an earlier piece. */
  #lastBytes(bytes: Uint8Array, end: number): Uint8Array {
    if (end >= SHOWN) return bytes.slice(end - SHOWN, end);
    const tail = new Uint8Array(Math.min(SHOWN, this.#tail.length + end));
    const before = tail.length - end;
    tail.set(this.#tail.subarray(this.#tail.length - before));
    tail.set(bytes.subarray(0, end), before);
    return tail;
  }

  /** How far a text is Western European for sure: to its end, or to a run of bytes above 127 that may go on. */
  #westernUntil(bytes: Uint8Array, last: boolean): number {
    const words = wordsOf(bytes);
    let from = asciiUntil(bytes, 0, words);
    while (from < bytes.length) {
      let to = from;
      while (to < bytes.length && bytes[to]! > 127) to++;
      if (to === bytes.length && !last && to - from <= LONGEST_RUN) return from;
      const before = (from === 0 ? this.#tail.at(-1) : bytes[from - 1]) ?? 0;
      if (!isWesternRun(bytes.subarray(from, to), before, bytes[to] ?? 0)) throw this.#notUTF8(bytes, from);
      from = asciiUntil(bytes, to, words);
    }
    return from;
  }

  #notUTF8(bytes: Uint8Array, at: number): Error {
    const line = /[ -~]*$/.exec(String.fromCharCode(...this.#lastBytes(bytes, at)))![0];
    const place = `byte ${this.#passed + at + 1} (0x${bytes[at]!.toString(16)}${line === "" ? "" : `, after ${show(line)}`})`;
    return readError(
      this.#name,
      `${place} is not UTF-8. Save the text as UTF-8; or pass encoding: "windows-1252" if it is Western European (Latin-1), encoding: "utf-16le" if two bytes make a character.`,
    );
  }

  #halfPair(): Error {
    return readError(
      this.#name,
      "the text holds half a surrogate pair, which stands for no character. Remove it, or write the whole pair.",
    );
  }

  #notUTF16(used: number): Error {
    return readError(
      this.#name,
      `byte ${this.#passed + used + 1} begins no character of UTF-16: half a surrogate pair, or a single byte at the end. Save the text as UTF-8.`,
    );
  }
}

/** `isWellFormed` is in every engine since 2023; what older ones do comes to the same. */
function isWellFormed(text: string): boolean {
  const { isWellFormed: builtIn } = text as { isWellFormed?: () => boolean };
  return builtIn === undefined ? !/\p{Surrogate}/u.test(text) : builtIn.call(text);
}
