/** What the bytes 0x80 to 0x9F stand for; the five that stand for nothing are control characters, as in browsers. */
const UPPER = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** A byte that no text is without: letters and signs may touch it. */
function isASCIILetter(byte: number): boolean {
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

const inRanges =
  (...ranges: readonly (readonly [number, number])[]) =>
  (byte: number): boolean =>
    ranges.some(([from, to]) => byte >= from && byte <= to);

/** Letters, and the small raised figures: they stand in words. */
const isLetter = inRanges([0x8a, 0x8a], [0x8c, 0x8c], [0x8e, 0x8e], [0x9a, 0x9a], [0x9c, 0x9c], [0x9e, 0x9f], [0xaa, 0xaa], [0xb2, 0xb3], [0xb9, 0xba], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0xff]); // prettier-ignore
/** Signs that stand by themselves: currencies, quotation marks, dashes, degrees, fractions. */
const isSign = inRanges([0x80, 0x80], [0x85, 0x85], [0x91, 0x97], [0x99, 0x99], [0xa0, 0xa1], [0xa3, 0xa3], [0xa7, 0xa7], [0xa9, 0xa9], [0xab, 0xab], [0xae, 0xae], [0xb0, 0xb1], [0xb5, 0xb5], [0xb7, 0xb7], [0xbb, 0xbf], [0xd7, 0xd7], [0xf7, 0xf7]); // prettier-ignore

/** As many bytes above 127 stand next to each other in a Western text: "Größe" has two. */
export const LONGEST_RUN = 3;

/**
 * Whether bytes above 127 that stand together are a piece of a Western European text, which Windows-1252 writes with ASCII letters all around.
 * Cyrillic, Greek, Hebrew, Arabic, Chinese, Japanese and Korean text in encodings of theirs has longer runs, or pairs among no such letters.
 *
 * @param before the byte before the run, and `after` the one that follows it; 0 where there is none
 */
export function isWesternRun(run: Uint8Array, before: number, after: number): boolean {
  if (run.length > LONGEST_RUN || !run.every((byte) => isLetter(byte) || isSign(byte))) return false;
  return run.filter(isLetter).length < 2 || isASCIILetter(before) || isASCIILetter(after);
}

let table: { readonly lengths: Uint8Array; readonly bytes: Uint8Array } | undefined;

/** The UTF-8 sequences of the bytes above 127, three places for each. */
function sequences(): NonNullable<typeof table> {
  if (table !== undefined) return table;
  const lengths = new Uint8Array(128);
  const bytes = new Uint8Array(3 * 128);
  for (let k = 0; k < 128; k++) {
    const sequence = new TextEncoder().encode(k < 32 ? UPPER[k]! : String.fromCharCode(128 + k));
    lengths[k] = sequence.length;
    bytes.set(sequence, 3 * k);
  }
  return (table = { lengths, bytes });
}

/** Windows-1252 as UTF-8: every byte is a character. */
export function windows1252ToUTF8(from: Uint8Array): Uint8Array {
  const { lengths, bytes } = sequences();
  let length = from.length;
  for (const byte of from) if (byte > 127) length += lengths[byte - 128]! - 1;
  const to = new Uint8Array(length);
  let at = 0;
  for (const byte of from) {
    if (byte < 128) to[at++] = byte;
    else for (let k = 0; k < lengths[byte - 128]!; k++) to[at++] = bytes[3 * (byte - 128) + k]!;
  }
  return to;
}
