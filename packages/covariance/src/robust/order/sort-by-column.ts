import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { counting } from "./counting.ts";

/** Up to this number of rows are sorted by comparing them. */
export const FEW_ROWS = 2048;
/** Bits per step of the sorting by digits. */
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const STEPS = 6;

/**
 * Sorts rows by one column; rows that agree keep their order.
 *
 * @param order rows of `data`; written to
 * @remarks O(n): eleven bits of the values at a time, from the lowest up. Few rows are compared instead.
 */
export async function sortByColumn(order: Uint32Array, data: Float64Array, columns: number, column: number, pace: Pace): Promise<void> {
  const n = order.length;
  if (n <= FEW_ROWS) {
    if (pace.due()) await pace.turn();
    order.sort((a, b) => data[a * columns + column]! - data[b * columns + column]!);
    return;
  }
  const values = new Float64Array(n);
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) values[i] = data[order[i]! * columns + column]! + 0; // one zero, not two
  });
  const words = new Uint32Array(values.buffer);
  const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
  const [lowWord, highWord] = littleEndian ? [0, 1] : [1, 0];
  const counts = new Uint32Array(STEPS * DIGITS);
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      // Bits that ascend with the value: the sign turned, and for negative numbers all others too.
      const high = words[2 * i + highWord]!;
      const flip = high >>> 31 === 1 ? 0xffffffff : 0;
      const lowBits = (words[2 * i + lowWord]! ^ flip) >>> 0;
      const highBits = (high ^ (flip | 0x80000000)) >>> 0;
      words[2 * i + lowWord] = lowBits;
      words[2 * i + highWord] = highBits;
      for (let step = 0; step < STEPS; step++) counts[step * DIGITS + digitOf(lowBits, highBits, step)]!++;
    }
  });
  let from = counting(n);
  let to: Uint32Array = new Uint32Array(n);
  for (let step = 0; step < STEPS; step++) {
    const places = counts.subarray(step * DIGITS, (step + 1) * DIGITS);
    if (places.includes(n)) continue; // all have the same digit here
    for (let digit = 0, place = 0; digit < DIGITS; digit++) {
      const count = places[digit]!;
      places[digit] = place;
      place += count;
    }
    await inStrides(n, pace, (start, end) => {
      for (let i = start; i < end; i++) {
        const item = from[i]!;
        to[places[digitOf(words[2 * item + lowWord]!, words[2 * item + highWord]!, step)]!++] = item;
      }
    });
    [from, to] = [to, from];
  }
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) to[i] = order[from[i]!]!;
  });
  order.set(to);
}

/** Eleven bits of a 64-bit key. */
function digitOf(low: number, high: number, step: number): number {
  if (step < 2) return (low >>> (step * DIGIT_BITS)) & (DIGITS - 1);
  if (step === 2) return ((low >>> 22) | (high << 10)) & (DIGITS - 1);
  return (high >>> (step * DIGIT_BITS - 32)) & (DIGITS - 1);
}
