import type { Matrix, Pace } from "@mixtura/core";
import { inStrides } from "@mixtura/core";

/** Up to so many rows are sorted by comparing them. */
const FEW = 2048;
/** Bits per step of the sorting by digits. */
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const STEPS = 6;

/**
 * The rows in the order of their values: by the first column, equal ones by the second, and so on. Rows that are equal throughout are
 * interchangeable, so whatever is computed in this order does not depend on the order in which the rows came, to the last bit.
 *
 * Scaling columns by positive factors and shifting them leaves the order as it is.
 *
 * @param rows which rows to put in order
 * @remarks O(n) time per column that is needed to tell rows apart, mostly one; O(n) memory.
 */
export async function canonicalOrder({ data, columns }: Matrix, rows: Uint32Array, pace: Pace): Promise<Uint32Array> {
  const order = rows.slice();
  await sortRun(0, order.length, 0);
  return order;

  /** Sorts `order[start … end − 1]`, rows that agree in all columns before `column`. */
  async function sortRun(start: number, end: number, column: number): Promise<void> {
    if (end - start <= FEW) {
      if (pace.due()) await pace.turn();
      order.subarray(start, end).sort((a, b) => compareRows(a * columns, b * columns, column));
      return;
    }
    await sortByDigits(order.subarray(start, end), data, columns, column, pace);
    if (column + 1 === columns) return;
    for (let first = start, next = start + 1; next <= end; next++) {
      if (next < end && data[order[next]! * columns + column] === data[order[first]! * columns + column]) continue;
      if (next - first > 1) await sortRun(first, next, column + 1);
      first = next;
    }
  }

  function compareRows(a: number, b: number, column: number): number {
    for (let j = column; j < columns; j++) {
      const difference = data[a + j]! - data[b + j]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

/** Sorts rows by one column: eleven bits of the values at a time, from the lowest up. */
async function sortByDigits(order: Uint32Array, data: Float64Array, columns: number, column: number, pace: Pace): Promise<void> {
  const n = order.length;
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
  let from = Uint32Array.from({ length: n }, (_, i) => i);
  let to = new Uint32Array(n);
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
  for (let i = 0; i < n; i++) to[i] = order[from[i]!]!;
  order.set(to);
}

/** Eleven bits of a 64-bit key. */
function digitOf(low: number, high: number, step: number): number {
  if (step < 2) return (low >>> (step * DIGIT_BITS)) & (DIGITS - 1);
  if (step === 2) return ((low >>> 22) | (high << 10)) & (DIGITS - 1);
  return (high >>> (step * DIGIT_BITS - 32)) & (DIGITS - 1);
}
