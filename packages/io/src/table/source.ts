import { isMixturaError, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { abortError } from "@mixtura/core/internal";
import type { EncodingChoice, TextForm } from "../text/to-utf8.ts";
import { ToUTF8 } from "../text/to-utf8.ts";
import type { LoadLibrary } from "../packed/library.ts";
import type { Packing } from "../packed/packing.ts";
import { PACKING_BYTES, packingOf } from "../packed/packing.ts";
import type { SheetChoice } from "../packed/workbook.ts";
import { readError } from "./errors.ts";

/** Bytes or text: whole, or in pieces cut anywhere. A `ReadableStream` is read to its end, a `Blob` or `File` may be read again. */
export type TextSource =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** Opens a source from its start, each time it is called. */
export type TextOpener = () => TextSource | Promise<TextSource>;

/** Bytes or characters handed on at a time, so that the event loop gets its turns even when a source is one piece. */
const PIECE = 2 ** 18;

/** A text that is being read. */
export interface OpenText {
  /** Its bytes in UTF-8, without a byte order mark. */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  /** What was found out about it so far. */
  readonly form: TextForm;
  /** Whether it was made of a workbook, so that nothing about its dialect is left to find out; known once the first chunk is there. */
  readonly isSheet: boolean;
}

/** What a reading takes besides its options. */
export interface ReadContext {
  /** Calls the reading off: it rejects with code `aborted`, even while a stream keeps it waiting. */
  readonly signal?: AbortSignal;
  /**
   * How the packages for Zstandard and Excel are loaded where they are not found by their names, as in a bundle:
   * `loadLibrary: (name) => (name === "fzstd" ? import("fzstd") : import("read-excel-file/universal"))`.
   */
  readonly loadLibrary?: LoadLibrary;
}

/** How a text is opened. */
export interface TextChoice {
  readonly encoding: EncodingChoice;
  /** What errors call it. */
  readonly name: string;
  /** How a workbook is read, where one can be. */
  readonly workbook?: SheetChoice;
}

/** Any source as checked UTF-8. */
export function openText(open: TextOpener, choice: TextChoice, context: ReadContext | undefined): OpenText {
  const converter = new ToUTF8(choice.encoding, choice.name);
  const found: { packing?: Packing | undefined } = {};
  return {
    chunks: utf8Chunks(open, converter, choice, context, found),
    get isSheet() {
      return found.packing === "workbook";
    },
    get form() {
      return converter.form;
    },
  };
}

/**
 * The bytes of any source, piece by piece. What a piece holds may change once the next one is asked for.
 *
 * @throws MixturaError `read-error` when the source fails (its error is the cause) or is no text in the encoding, `aborted` as soon as `signal` is,
 *   even in a read that hangs
 */
async function* utf8Chunks(
  open: TextOpener,
  converter: ToUTF8,
  { name, workbook }: TextChoice,
  { signal, loadLibrary }: ReadContext = {},
  found: { packing?: Packing | undefined },
): AsyncGenerator<Uint8Array, void> {
  let iterator: Pieces | undefined;
  let finished = false;
  try {
    iterator = iterate(await open(), name);
    const ahead = await lookAhead(iterator, signal);
    iterator = ahead.pieces;
    found.packing = packingOf(ahead.start);
    if (found.packing !== undefined) {
      const { unpacked } = await import("../packed/unpack.ts"); // few files are packed
      iterator = unpacked(iterator, found.packing, { name, sheet: workbook, load: loadLibrary });
    }
    for (;;) {
      const step = await nextOrAbort(iterator, signal);
      if (step.done === true) break;
      const chunk: unknown = step.value;
      if (typeof chunk === "string" || chunk instanceof Uint8Array) {
        for (let start = 0; start < chunk.length; start += PIECE) {
          const piece =
            typeof chunk === "string"
              ? converter.text(chunk.slice(start, start + PIECE))
              : converter.bytes(chunk.subarray(start, start + PIECE));
          if (piece.length > 0) yield piece;
        }
      } else
        throw new MixturaError("invalid-shape", `${name}: a piece must be text or a Uint8Array, found ${show(chunk)}.`, {
          expected: "text or bytes",
          found: show(chunk),
        });
    }
    finished = true;
    const rest = converter.end();
    if (rest.length > 0) yield rest;
  } catch (error) {
    if (isMixturaError(error)) throw error;
    throw readError(name, `reading failed (${error instanceof Error ? error.message : String(error)}).`, {}, { cause: error });
  } finally {
    // Not awaited after an abort: the read that hangs would have to end first.
    if (!finished) {
      const closing = Promise.resolve(iterator?.return?.()).catch(() => undefined);
      if (signal?.aborted !== true) await closing;
    }
  }
}

type Pieces = AsyncIterator<unknown> | Iterator<unknown>;

function iterate(source: TextSource, name: string): Pieces {
  if (typeof source === "string" || source instanceof Uint8Array) return [source][Symbol.iterator]();
  const value: unknown = source;
  if (typeof value === "object" && value !== null) {
    if ("getReader" in value) return readerOf(value as ReadableStream<unknown>);
    if ("stream" in value && typeof value.stream === "function") return readerOf((value as Blob).stream());
    if (Symbol.asyncIterator in value) return (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    if (Symbol.iterator in value) return (value as Iterable<unknown>)[Symbol.iterator]();
  }
  throw new MixturaError(
    "invalid-shape",
    `${name}: cannot read ${show(value)}. Pass text, a Uint8Array, a Blob, a ReadableStream or an iterable of pieces.`,
    {
      expected: "a TextSource",
      found: show(value),
    },
  );
}

/** Streams are not iterable in every browser; readers are there in all. */
function readerOf(stream: ReadableStream<unknown>): AsyncIterator<unknown> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** The first bytes of a source, as many as tell its packing, and all of its pieces. */
async function lookAhead(
  pieces: Pieces,
  signal: AbortSignal | undefined,
): Promise<{ readonly start: Uint8Array; readonly pieces: Pieces }> {
  const held: IteratorResult<unknown>[] = [];
  const start = new Uint8Array(PACKING_BYTES);
  for (let length = 0; length < PACKING_BYTES;) {
    const step = await nextOrAbort(pieces, signal);
    const piece: unknown = step.value;
    if (step.done === true || !(piece instanceof Uint8Array)) {
      held.push(step);
      break;
    }
    start.set(piece.subarray(0, PACKING_BYTES - length), length);
    length += piece.length;
    // Its memory may change once another is asked for.
    held.push(length < PACKING_BYTES ? { done: false, value: piece.slice() } : step);
  }
  return {
    start,
    pieces: {
      next: () => (held.length > 0 ? Promise.resolve(held.shift()!) : Promise.resolve(pieces.next())),
      return: async () => {
        await pieces.return?.();
        return { done: true, value: undefined };
      },
    },
  };
}

function nextOrAbort(iterator: Pieces, signal: AbortSignal | undefined): Promise<IteratorResult<unknown>> {
  if (signal === undefined) return Promise.resolve(iterator.next());
  if (signal.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal));
    signal.addEventListener("abort", onAbort, { once: true });
    Promise.resolve(iterator.next())
      .finally(() => signal.removeEventListener("abort", onAbort))
      .then(resolve, reject);
  });
}
