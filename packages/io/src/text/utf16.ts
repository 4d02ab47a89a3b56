const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Units turned into text at a time: a call takes no more arguments. */
const PIECE = 4096;

/**
 * The code units in bytes of UTF-16 as text, as far as they are whole.
 *
 * @returns the text, how many bytes it is made of, and whether the unit after it is half a surrogate pair
 */
export function utf16Text(bytes: Uint8Array, littleEndian: boolean, last: boolean): { text: string; used: number; broken: boolean } {
  const units = new Uint16Array(bytes.length >> 1);
  const [upper, lower] = littleEndian ? [1, 0] : [0, 1];
  for (let k = 0; k < units.length; k++) units[k] = (bytes[2 * k + upper]! << 8) | bytes[2 * k + lower]!;
  let [end, broken] = [0, false];
  while (end < units.length) {
    const unit = units[end]!;
    if (!isHigh(unit) && !isLow(unit)) end++;
    else if (isHigh(unit) && end + 1 === units.length && !last) break;
    else if (isHigh(unit) && end + 1 < units.length && isLow(units[end + 1]!)) end += 2;
    else {
      broken = true;
      break;
    }
  }
  let text = "";
  for (let at = 0; at < end; at += PIECE) text += String.fromCharCode(...units.subarray(at, Math.min(at + PIECE, end)));
  return { text, used: 2 * end, broken };
}
