import { readError } from "./errors.ts";

/** Bytes at the start of a source that its dialect is found from. */
export const SAMPLE_BYTES = 2 ** 16;

/** The first bytes, the same ones however the source was cut. */
export async function readSample(chunks: AsyncGenerator<Uint8Array, void>): Promise<{ sample: Uint8Array; whole: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length <= SAMPLE_BYTES && !whole) {
    const step = await chunks.next();
    if (step.done === true) whole = true;
    else {
      pieces.push(step.value.slice());
      length += step.value.length;
    }
  }
  const sample = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    sample.set(piece, at);
    at += piece.length;
  }
  return { sample, whole };
}

/** A source's first bytes without their byte order mark; refuses what is not UTF-8 text. */
export function withoutMark(sample: Uint8Array, source: string): Uint8Array {
  const [first, second, third] = sample;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) throw readError(source, "the text is in UTF-16. Save it as UTF-8.");
  if (sample.subarray(0, SAMPLE_BYTES).includes(0))
    throw readError(
      source,
      "this is not text (it holds zero bytes). A spreadsheet or compressed file has to be exported as CSV in UTF-8 first.",
    );
  return first === 0xef && second === 0xbb && third === 0xbf ? sample.subarray(3) : sample;
}
