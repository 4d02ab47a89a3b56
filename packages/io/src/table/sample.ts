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

/** @throws MixturaError `read-error` where a source's first bytes are those of no text */
export function refuseBinary(sample: Uint8Array, source: string): void {
  if (sample.subarray(0, SAMPLE_BYTES).includes(0))
    throw readError(
      source,
      'this is not text (it holds zero bytes). A spreadsheet other than .xlsx has to be exported as CSV in UTF-8 first, and a file that is not compressed by gzip or Zstandard unpacked. If it is UTF-16 without a byte order mark, pass encoding: "utf-16le".',
    );
}
