const CONTINUATION = 0x80;
const LAST_CONTINUATION = 0xbf;

/**
 * Bytes of the UTF-8 sequence at `at`: 1 to 4; 0 where there is none, −1 where the bytes end within one that more bytes may complete.
 *
 * @see The Unicode Standard, table 3-7: well-formed UTF-8 byte sequences
 */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + 1 === bytes.length) return -1;
  // No longer form than needed, no surrogate, nothing beyond U+10FFFF: all of it shows in the second byte.
  const second = bytes[at + 1]!;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : CONTINUATION;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : LAST_CONTINUATION;
  if (second < least || second > most) return 0;
  for (let k = 2; k < length; k++) {
    if (at + k === bytes.length) return -1;
    if ((bytes[at + k]! & 0xc0) !== CONTINUATION) return 0;
  }
  return length;
}

/** Where the first sequence begins that is not UTF-8 or not whole; the end of the bytes where all are. */
export function validUntil(bytes: Uint8Array, start: number): number {
  const words = wordsOf(bytes);
  let at = start;
  while ((at = asciiUntil(bytes, at, words)) < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length <= 0) return at;
    at += length;
  }
  return at;
}

/** Bytes that are looked at one by one before larger steps are taken. */
const FEW = 8;
const HIGH = 0x80808080;

/** Bytes four by four, and the place where the first four begin. */
export interface Words {
  readonly words: Uint32Array;
  readonly first: number;
}

/** The words in bytes, which share their memory. */
export function wordsOf({ buffer, byteOffset, length }: Uint8Array): Words {
  const first = (4 - (byteOffset & 3)) & 3;
  return { words: length < first + 4 ? new Uint32Array(0) : new Uint32Array(buffer, byteOffset + first, (length - first) >>> 2), first };
}

/** The place of the first byte above 127 from a place on; the end where there is none. */
export function asciiUntil(bytes: Uint8Array, from: number, { words, first }: Words): number {
  const { length } = bytes;
  let at = from;
  for (const few = Math.min(length, from + FEW); at < few; at++) if (bytes[at]! > 127) return at;
  while (at < length && ((at - first) & 3) !== 0) if (bytes[at++]! > 127) return at - 1;
  if (at === length) return at;
  let word = (at - first) >> 2;
  const last = words.length - 4;
  while (word <= last && ((words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]!) & HIGH) === 0) word += 4;
  while (word < words.length && (words[word]! & HIGH) === 0) word++;
  at = first + 4 * word;
  while (at < length && bytes[at]! < 0x80) at++;
  return at;
}
